import { nameOf, partsOf } from "../archive-entry.ts";

/** A tree as those see it who ask what it is: the paths of its files below its top folder, and the text of small ones. */
export type ApplicationFiles = {
  paths: ReadonlySet<string>;
  texts: ReadonlyMap<string, string>;
};

const wanted = [
  /^(?:composer|package)\.json$/,
  /^(?:composer|package-lock)\.(?:lock|json)$/,
  /^(?:version|CodeIgniter|Drupal|bootstrap)(?:\.inc)?\.(?:php|inc)$/,
  /^bootstrap\.inc$/,
  /^joomla\.xml$/,
  /^(?:requirements(?:[-_.]\w+)?|runtime)\.txt$/,
  /^(?:Pipfile|pyproject\.toml|\.python-version|\.nvmrc|\.node-version|\.php-version|\.java-version)$/,
  /^(?:pom\.xml|build\.gradle(?:\.kts)?|MANIFEST\.MF)$/,
  /^(?:licen[cs]e|copying|unlicense)(?:[-.][\w.-]+)?$/i,
  /^os-release$/,
];

/** Whether the text of a file says what an application is, on what it runs, or under which licence. */
export function isToldByText(path: string): boolean {
  const name = nameOf(path);
  return wanted.some((pattern) => pattern.test(name));
}

/** Without the folders that all files are in, which many archives have around them. @returns `top` those: "" or "simpeg/" */
export function belowTop(
  paths: readonly string[],
  texts: ReadonlyMap<string, string>,
): ApplicationFiles & { top: string } {
  const plain = paths.map((path) => partsOf(path)).filter((parts) => parts[0] !== "__MACOSX");
  let depth = 0;
  const [first] = plain;
  // A JAR that has only META-INF keeps it.
  while (
    first?.[depth] !== undefined &&
    plain.every((parts) => parts.length > depth + 1 && parts[depth] === first[depth])
  ) {
    if (first[depth]?.endsWith("-INF")) break;
    depth += 1;
  }
  const below = (path: string) => partsOf(path).slice(depth).join("/");
  return {
    top: (first ?? [])
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join(""),
    paths: new Set(plain.map((parts) => parts.slice(depth).join("/"))),
    texts: new Map([...texts].map(([path, text]) => [below(path), text])),
  };
}
