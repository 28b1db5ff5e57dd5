export interface JsonBounds {
  /** Lists and objects within one another. */
  readonly depth: number;
  /** Of all lists and objects together. */
  readonly values: number;
}

const [quote, comma, backslash] = [0x22, 0x2C, 0x5C];
const [openList, closeList, openObject, closeObject] = [0x5B, 0x5D, 0x7B, 0x7D];

/**
 * Which of the bounds a JSON text in UTF-8 passes, before anything is made of it: half a million lists in one another take JSON.parse
 * longer than all else that can be sent. One pass, two milliseconds for a mebibyte; whether it is JSON at all is not looked at.
 */
export function passedBound(text: Uint8Array, { depth, values }: JsonBounds): keyof JsonBounds | undefined {
  let [open, commas] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case quote:
        for (i++; i < text.length && text[i] !== quote; i++) if (text[i] === backslash) i++;
        break;
      case comma:
        if (++commas >= values) return 'values';
        break;
      case openList: case openObject:
        if (++open > depth) return 'depth';
        break;
      case closeList: case closeObject:
        open--;
    }
  }
  return undefined;
}
