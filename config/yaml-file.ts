import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { z } from "zod";

/** What is wrong in a file of data, and where. */
export type FileProblem = {
  /** empty when no single file is meant */
  file: string;
  /** place in the file, for example `intervals.draftDays.value` or `line 3`; empty when the file as a whole is meant */
  path: string;
  message: string;
};

export function describeProblem({ file, path, message }: FileProblem): string {
  return `  ${[file, path, message].filter(Boolean).join(": ")}`;
}

type Reading<Value> = { ok: true; value: Value } | { ok: false; problems: FileProblem[] };

/** Reads a file by its schema; what is wrong comes as a list, all of it at once. */
export function readYaml<Schema extends z.ZodType>(
  folder: string,
  file: string,
  schema: Schema,
): Reading<z.output<Schema>> {
  let text: string;
  try {
    text = readFileSync(join(folder, file), "utf8");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    return { ok: false, problems: [{ file, path: "", message: `cannot be read (${code})` }] };
  }

  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      path: `line ${error.linePos?.[0].line ?? "?"}`,
      message: `is not YAML: ${error.message.split(" at line ", 1)[0]}`,
    }));
    return { ok: false, problems };
  }

  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({ file, path: issue.path.join("."), message: issue.message }));
  return { ok: false, problems };
}
