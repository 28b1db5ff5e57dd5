/**
 * Names of trusted operations as values of a label. There are as many as the operator's documents have; should those be very many,
 * the later ones share `other`, because each is a dozen series.
 */
export function documentLabels(most = 500): (name: string | undefined) => string {
  const known = new Set<string>();
  return (name = '') => {
    if (known.has(name)) return name;
    if (known.size >= most) return 'other';
    known.add(name);
    return name;
  };
}
