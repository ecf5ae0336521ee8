import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { canonical, sha256 } from "../../core/domain/hosting/canonical.ts";

const checkout = resolve(import.meta.dirname, "../..");
const entry = join(checkout, "infra/index.ts");

/** What the program runs on beside its own files: its settings, and the exact packages. */
const around = ["Pulumi.yaml", "package-lock.json"];

/** Of the program that builds the stacks. It is another one after any change that could build something else. */
export async function hashProgram(): Promise<string> {
  const files = [...(await listProgramFiles()), ...around].toSorted();
  const contents = await Promise.all(files.map((file) => readFile(join(checkout, file), "utf8")));
  return sha256(canonical(files.map((file, index) => [file, sha256(contents[index] ?? "")])));
}

/** The files that the program is made of, from the folder of `package.json`: where it begins, and what that imports. */
export async function listProgramFiles(): Promise<string[]> {
  const found = new Set([entry]);
  // What is added while it is gone through is gone through, too.
  for (const file of found) {
    const text = await readFile(file, "utf8");
    for (const [, target = ""] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g))
      found.add(resolve(dirname(file), target));
  }
  return [...found].map((file) => relative(checkout, file)).toSorted();
}
