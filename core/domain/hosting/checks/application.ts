import { z } from "zod";
import { isOfDependency } from "../archive-entry.ts";
import type { ApplicationFiles } from "./application-files.ts";
import type { Component } from "./end-of-life.ts";
import { parseJson } from "./parse-json.ts";
import { versionIn } from "./version-range.ts";

/** What an application was recognised as, and what it runs on; empty where nothing is known by its files. */
export function componentsOf(files: ApplicationFiles): Component[] {
  const found = [
    ...phpComponents(files),
    ...nodeComponents(files),
    ...pythonComponents(files),
    ...javaComponents(files),
  ];
  if (found.length > 0) return found;
  const page = shallowest(files, /(?:^|\/)index\.html?$/i);
  return page === undefined ? [] : [{ product: "static-site", path: page }];
}

/** A file that gives a framework away, and how it says its version. */
const phpFrameworks: readonly { product: string; file: RegExp; version: RegExp }[] = [
  { product: "wordpress", file: /(?:^|\/)wp-includes\/version\.php$/, version: /\$wp_version\s*=\s*['"]([\d.]+)/ },
  { product: "joomla", file: /(?:^|\/)administrator\/manifests\/files\/joomla\.xml$/, version: /<version>([\d.]+)/ },
  { product: "drupal", file: /(?:^|\/)core\/lib\/Drupal\.php$/, version: /const VERSION\s*=\s*'([\d.]+)/ },
  { product: "drupal", file: /(?:^|\/)includes\/bootstrap\.inc$/, version: /define\('VERSION',\s*'([\d.]+)/ },
  {
    product: "codeigniter",
    file: /(?:^|\/)system\/core\/CodeIgniter\.php$/,
    version: /CI_VERSION'?\s*,?\s*=?\s*'([\d.]+)/,
  },
  { product: "codeigniter", file: /(?:^|\/)system\/CodeIgniter\.php$/, version: /CI_VERSION\s*=\s*'([\d.]+)/ },
];

/** Packages of composer that are a framework, the most special first. */
const composerFrameworks = [
  ["laravel/framework", "laravel"],
  ["codeigniter4/framework", "codeigniter"],
  ["drupal/core-recommended", "drupal"],
  ["drupal/core", "drupal"],
  ["symfony/framework-bundle", "symfony"],
] as const;

const manifest = z.object({
  require: z.record(z.string(), z.unknown()).optional(),
  dependencies: z.record(z.string(), z.unknown()).optional(),
  devDependencies: z.record(z.string(), z.unknown()).optional(),
  engines: z.object({ node: z.string().optional() }).optional(),
});
const lock = z.object({ packages: z.array(z.object({ name: z.string(), version: z.string() })) });
const npmLock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

function phpComponents(files: ApplicationFiles): Component[] {
  const php = shallowest(files, /\.php\d?$/i);
  const composer = shallowest(files, /(?:^|\/)composer\.json$/);
  if (php === undefined && composer === undefined) return [];
  const required = composer === undefined ? {} : (jsonOf(files, composer, manifest)?.require ?? {});
  const byFile = phpFrameworks.flatMap(({ product, file, version }): Component[] => {
    const path = shallowest(files, file);
    if (path === undefined) return [];
    const found = version.exec(files.texts.get(path) ?? "")?.[1];
    return [{ product, path, ...(found === undefined ? {} : { version: found }) }];
  });
  const frameworks = byFile.length > 0 ? byFile.slice(0, 1) : composerFramework(files, composer, required);
  const range = required.php;
  const path = composer ?? php ?? "";
  const runtime: Component[] = [{ product: "php", path, ...(typeof range === "string" ? { range } : {}) }];
  return [...frameworks, ...(frameworks.length === 0 || typeof range === "string" ? runtime : [])];
}

function composerFramework(
  files: ApplicationFiles,
  path: string | undefined,
  required: Record<string, unknown>,
): Component[] {
  const named = composerFrameworks.find(([name]) => required[name] !== undefined);
  if (path === undefined || named === undefined) return [];
  const [name, product] = named;
  const locked = jsonOf(files, path.replace(/json$/, "lock"), lock)?.packages.find((each) => each.name === name);
  return [{ product, path, ...versionOrRange(locked?.version, required[name]) }];
}

const nodeFrameworks = [
  ["next", "nextjs"],
  ["nuxt", "nuxt"],
  ["@nestjs/core", "nestjs"],
  ["express", "express"],
] as const;

function nodeComponents(files: ApplicationFiles): Component[] {
  const path = shallowest(files, /(?:^|\/)package\.json$/);
  if (path === undefined) return [];
  const read = jsonOf(files, path, manifest);
  const dependencies = read?.dependencies ?? {};
  const named = nodeFrameworks.find(([name]) => dependencies[name] !== undefined);
  // Beside PHP, package.json only builds styles and scripts.
  if (
    named === undefined &&
    (shallowest(files, /(?:^|\/)(?:composer\.json|index\.php)$/) !== undefined || read === undefined)
  )
    return [];
  const { version, path: told = path } = pinned(files, [/(?:^|\/)\.(?:nvmrc|node-version)$/]) ?? {};
  const runtime: Component = { product: "nodejs", path: told, ...versionOrRange(version, read?.engines?.node) };
  if (named === undefined) return [runtime];
  const [name, product] = named;
  const locked = jsonOf(files, path.replace(/package\.json$/, "package-lock.json"), npmLock)?.packages[
    `node_modules/${name}`
  ];
  return [{ product, path, ...versionOrRange(locked?.version, dependencies[name]) }, runtime];
}

function pythonComponents(files: ApplicationFiles): Component[] {
  const script = shallowest(files, /(?:^|\/)(?:manage|wsgi|asgi|app|main)\.py$/);
  const listing = shallowest(files, /(?:^|\/)(?:requirements\.txt|pyproject\.toml|Pipfile)$/);
  const path = listing ?? script;
  if (path === undefined) return [];
  const text = listing === undefined ? "" : (files.texts.get(listing) ?? "");
  const frameworks = (["django", "flask", "fastapi"] as const).flatMap((product): Component[] => {
    const line = new RegExp(
      `^[\\s"']*${product}(?:\\[[^\\]]*\\])?["']?\\s*(?<range>(?:[~=<>!]=?=?|\\^)[^;#"'\\]\\n]+|=\\s*"[^"]+")?`,
      "im",
    ).exec(text);
    if (line === null) return [];
    const range = line.groups?.range?.replace(/^=\s*"|"$/g, "").trim();
    return [{ product, path, ...versionOrRange(/^===?\s*([\d.]+)$/.exec(range ?? "")?.[1], range) }];
  });
  if (frameworks.length === 0 && shallowest(files, /(?:^|\/)manage\.py$/) !== undefined)
    frameworks.push({ product: "django", path });
  const { version, path: told = path } = pinned(files, [/(?:^|\/)\.python-version$/, /(?:^|\/)runtime\.txt$/]) ?? {};
  const range = /requires-python\s*=\s*"([^"]+)"|^python\s*=\s*"([^"]+)"/m.exec(text);
  return [...frameworks, { product: "python", path: told, ...versionOrRange(version, range?.[1] ?? range?.[2]) }];
}

function javaComponents(files: ApplicationFiles): Component[] {
  const manifestPath = shallowest(files, /^META-INF\/MANIFEST\.MF$/);
  const war = shallowest(files, /(?:^|\/)WEB-INF\/web\.xml$/) ?? shallowest(files, /(?:^|\/)WEB-INF\/classes\//);
  const build = shallowest(files, /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/);
  const jar = shallowest(files, /\.(?:jar|war)$/i);
  const path =
    manifestPath ?? war ?? build ?? (shallowest(files, /\.(?:php|py|html?)$/i) === undefined ? jar : undefined);
  if (path === undefined) return [];
  const text = files.texts.get(path) ?? "";
  const boot =
    /^Spring-Boot-Version:\s*([\d.]+)/m.exec(text)?.[1] ??
    /spring-boot-starter-parent<\/artifactId>\s*<version>([\d.]+)/.exec(text)?.[1] ??
    /org\.springframework\.boot['"]\)?\s*version\s*['"]([\d.]+)/.exec(text)?.[1];
  const jdk =
    /^(?:Build-Jdk-Spec|Build-Jdk|Created-By):\s*(?:1\.)?(\d+)/m.exec(text)?.[1] ??
    /<(?:java\.version|maven\.compiler\.(?:release|source))>(?:1\.)?(\d+)/.exec(text)?.[1] ??
    /(?:JavaLanguageVersion\.of\(|sourceCompatibility\s*=\s*['"]?(?:JavaVersion\.VERSION_)?(?:1[._])?)(\d+)/.exec(
      text,
    )?.[1];
  const isBoot = boot !== undefined || [...files.paths].some((each) => each.startsWith("BOOT-INF/"));
  const frameworks: Component[] = isBoot
    ? [{ product: "spring-boot", path, ...versionOrRange(boot, undefined) }]
    : war === undefined
      ? []
      : [{ product: "java-war", path: war }];
  return [...frameworks, { product: "java", path, ...versionOrRange(jdk, undefined) }];
}

/** A version that a file of its own says, such as .nvmrc. */
function pinned(files: ApplicationFiles, patterns: readonly RegExp[]): { version: string; path: string } | undefined {
  for (const pattern of patterns) {
    const path = shallowest(files, pattern);
    const version = path === undefined ? undefined : versionIn(files.texts.get(path) ?? "");
    if (path !== undefined && version !== undefined) return { version, path };
  }
  return undefined;
}

function versionOrRange(version: string | undefined, range: unknown): Pick<Component, "version" | "range"> {
  const exact = version === undefined ? undefined : versionIn(version);
  if (exact !== undefined) return { version: exact };
  return typeof range === "string" ? { range } : {};
}

/** The path nearest to the top that is meant, what packages brought aside. */
function shallowest({ paths }: ApplicationFiles, pattern: RegExp): string | undefined {
  let best: string | undefined;
  for (const path of paths) {
    if (!pattern.test(path) || isOfDependency(path)) continue;
    if (best === undefined || depthOf(path) < depthOf(best)) best = path;
  }
  return best;
}

function depthOf(path: string): number {
  return path.split("/").length;
}

function jsonOf<Schema extends z.ZodType>(
  { texts }: ApplicationFiles,
  path: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const text = texts.get(path);
  return text === undefined ? undefined : parseJson(text, schema);
}
