import { atLeastNothing, evaluate } from './expression.ts';
import type { CompiledCost, FieldCost, ObjectCost, SelectionCost } from './formula.ts';
import type { Variables } from './variables.ts';

type Data = Readonly<Record<string, unknown>>;

/** What an answer has cost as a function; it looks at each of its objects once, and at no field that costs nothing. */
export function actualCost({ whole, parts }: CompiledCost, estimated: (variables: Variables) => number): (data: Data | null, variables: Variables) => number {
  return (data, variables) => {
    if (data === null) return estimated(variables);
    const calls = Float64Array.from(parts, (part) => ('call' in part ? evaluate(part.call, variables) : 0));

    function ofObject(selection: SelectionCost, object: Data): number {
      const { weight, fields } = asType(selection, object);
      let sum = weight;
      for (const field of fields) if (Object.hasOwn(object, field.key)) sum += ofField(field, object[field.key]);
      return sum;
    }

    function ofField(field: FieldCost, value: unknown): number {
      // It was called, whatever came of it.
      const items = value === null ? field.weight : ofItems(field, value);
      return atLeastNothing((calls[field.index] ?? 0) + items);
    }

    function ofItems(field: FieldCost, value: unknown): number {
      if (value === null || value === undefined) return 0;
      if (Array.isArray(value)) {
        let sum = 0;
        for (const item of value) sum += ofItems(field, item);
        return sum;
      }
      return field.weight + (field.inner && typeof value === 'object' ? ofObject(field.inner, value as Data) : 0);
    }

    return ofObject(whole, data);
  };
}

/** What is asked of the type that an object is: as it says, or else of that whose fields it has. */
function asType({ alternatives, byType, typename }: SelectionCost, object: Data): ObjectCost {
  const [first = nothing, ...others] = alternatives;
  if (others.length === 0) return first;
  const named = typename === undefined ? undefined : byType.get(String(object[typename]));
  const has = ({ fields }: ObjectCost) => fields.filter(({ key }) => Object.hasOwn(object, key)).length;
  return named ?? others.reduce((best, each) => (has(each) > has(best) ? each : best), first);
}

const nothing: ObjectCost = { weight: 0, fields: [] };
