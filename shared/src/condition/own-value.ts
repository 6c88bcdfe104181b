/** A value by its name, and nothing that every object has by inheritance: a property may well be called `toString`. */
export function ownValue<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
