import { idPrefixes, type TypeName } from '@forge/subgraph-kit';
import { TypeID } from 'typeid-js';
import type { Random } from './random.ts';

/** Makes ids that carry the time of their row, the same for the same seed. */
export type MakeId = (type: TypeName, at: Date) => string;

export function createMakeId(random: Random): MakeId {
  return (type, at) => {
    // UUIDv7, RFC 9562 section 5.7: 48 bits of time, version, 12 bits, variant, 62 bits.
    const bytes = Uint8Array.from({ length: 16 }, () => random.int(0, 255));
    new DataView(bytes.buffer).setUint32(0, Math.floor(at.getTime() / 2 ** 16));
    new DataView(bytes.buffer).setUint16(4, at.getTime() % 2 ** 16);
    bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
    bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
    return TypeID.fromUUIDBytes(idPrefixes[type], bytes).toString();
  };
}
