import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { hostingSection } from "../../config/hosting-schema.ts";

/** What the documents show of the section `hosting` can be copied: only the digests are to be filled in. */

const docs = resolve(import.meta.dirname, "../../docs");
const read = (name: string) => readFileSync(join(docs, name), "utf8");

const [, ofOperations = ""] = /```yaml\n(hosting:\n.*?)```/s.exec(read("operations.md")) ?? [];

test.each([
  ["operations.md", ofOperations],
  ["operations/hosting.yaml", read("operations/hosting.yaml")],
])("the hosting of %s is one that starts", (_, text) => {
  const { hosting } = parse(text.replaceAll("sha256:…", `sha256:${"0a".repeat(32)}`));
  expect(hostingSection.safeParse(hosting).error?.issues ?? []).toEqual([]);
});
