// Reads fields of JSON that came from outside. A missing or wrong field throws `WrongField` by its name.

export class WrongField extends Error {}

export type Json = Readonly<Record<string, unknown>>;

export function object(value: unknown, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new WrongField(`${name} is not an object`);
  return value as Json;
}

export function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new WrongField(`${name} is not an array`);
  return value;
}

export function number(from: Json, name: string): number {
  const value = from[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new WrongField(`${name} is not a number`);
  return value;
}

export function text(from: Json, name: string): string {
  const value = from[name];
  if (typeof value !== 'string') throw new WrongField(`${name} is not a text`);
  return value;
}

export function flag(from: Json, name: string): boolean {
  const value = from[name];
  if (typeof value !== 'boolean') throw new WrongField(`${name} is not true or false`);
  return value;
}

export function time(from: Json, name: string): number {
  const value = Date.parse(text(from, name));
  if (Number.isNaN(value)) throw new WrongField(`${name} is not a time`);
  return value;
}

/** null when the field is missing or null; wrong is still wrong. */
export function optional<T>(from: Json, name: string, read: (from: Json, name: string) => T): T | null {
  return from[name] === undefined || from[name] === null ? null : read(from, name);
}
