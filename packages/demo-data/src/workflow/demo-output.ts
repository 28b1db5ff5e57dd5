/** A value for an output that a step of the demo definitions declares, of the kind that their conditions expect. */
export function demoOutput(name: string, random: () => number): unknown {
  const some = (most: number) => Math.floor(random() * (most + 1));
  switch (name) {
    case 'rating': return 1 + some(4);
    case 'difference': return some(3) * 12.5;
    case 'case': return { language: random() < 0.7 ? 'en' : 'de', words: 80 + some(400) };
    case 'anomalies':
    case 'differences': return Array.from({ length: some(3) }, (_, i) => `${name} ${i + 1}`);
    default: return `${name}, ${some(900) + 100} words`;
  }
}
