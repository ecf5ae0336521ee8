import type { z } from "zod";

/** What a file of somebody says, asked only for the fields used; undefined where it says something else, or is no JSON. */
export function parseJson<Schema extends z.ZodType>(text: string, schema: Schema): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
