import { z } from "zod";

// What is said of a wrong value in a file of data: office people edit them, so each message shows a right one.

export function text(example: string) {
  const error = `must be text, for example ${example}`;
  return z.string({ error }).trim().min(1, { error });
}

/** Keeps the list of unknown keys, which is how a misspelt key is found. */
export function unknownKeysOr(message: string) {
  return (issue: z.core.$ZodRawIssue) =>
    issue.code === "unrecognized_keys" ? `has unknown keys: ${issue.keys.join(", ")}` : message;
}

/** Reports the later one of two; looks also where another line is wrong, so that all problems come at once. */
export function unique<Item>(what: string, keyOf: (item: Item) => unknown) {
  return z.superRefine<Item[]>(
    (items, context) => {
      const seen = new Set<unknown>();
      for (const [index, item] of items.entries()) {
        const key = keyOf(item);
        if (key === undefined) continue;
        if (seen.has(key)) {
          context.addIssue({ code: "custom", path: [index], message: `${what} "${key}" is there twice` });
        }
        seen.add(key);
      }
    },
    { when: ({ value }) => Array.isArray(value) },
  );
}

/** A name that is stored or looked up, never shown. */
export function shortName(example: string) {
  return z
    .string({ error: `must be a short name, for example ${example}` })
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: `must be small letters, digits and hyphens, for example ${example}` });
}
