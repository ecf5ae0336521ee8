import { z } from "zod";
import { type Finding, finding } from "../check.ts";
import type { ApplicationFiles } from "./application-files.ts";
import { parseJson } from "./parse-json.ts";

const listing = z.object({
  require: z.record(z.string(), z.unknown()).default({}),
  dependencies: z.record(z.string(), z.unknown()).default({}),
});

/** Where an application keeps the packages that it names; none of them is fetched when its image is made. */
const managers = [
  { file: "package.json", folder: "node_modules", product: "Node.js" },
  { file: "composer.json", folder: "vendor", product: "PHP" },
] as const;

/** An application that names packages and does not bring them along. */
export function missingPackages({ paths, texts }: ApplicationFiles): Finding[] {
  return managers.flatMap(({ file, folder, product }) => {
    const named = parseJson(texts.get(file) ?? "", listing);
    const isThere = [...paths].some((path) => path.startsWith(`${folder}/`));
    return named === undefined || isThere || !namesPackages(named)
      ? []
      : [finding("packages-missing", { product, folder })];
  });
}

/** PHP itself and its extensions are of the runtime. */
function namesPackages({ require, dependencies }: z.output<typeof listing>): boolean {
  const ofPhp = Object.keys(require).filter((name) => name.includes("/"));
  return ofPhp.length + Object.keys(dependencies).length > 0;
}
