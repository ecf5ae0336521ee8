/**
 * JSON that a jsonb column takes whatever people typed: it refuses NUL and halves of a surrogate pair, and one
 * such text would hold up everything behind it.
 */
export function storableJson(value: object): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "string" ? item.replaceAll("\0", "").toWellFormed() : item,
  );
}
