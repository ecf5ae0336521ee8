import { z } from "zod";
import { isOfDependency, nameOf, partsOf, showPath } from "../archive-entry.ts";
import { type Finding, type FindingCode, finding } from "../check.ts";
import type { ApplicationFiles } from "./application-files.ts";
import { parseJson } from "./parse-json.ts";

/** How the text of a licence is told from the others; the more special ones first. */
const texts: readonly (readonly [name: string, mark: RegExp])[] = [
  ["AGPL-3.0", /GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3/i],
  ["LGPL-3.0", /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/i],
  ["LGPL-2.1", /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/i],
  ["GPL-3.0", /GNU GENERAL PUBLIC LICENSE\s+Version 3/i],
  ["GPL-2.0", /GNU GENERAL PUBLIC LICENSE\s+Version 2|version 2 of the License, or|GPL ?v?2/i],
  ["Apache-2.0", /Apache License,?\s+Version 2\.0/i],
  ["MPL-2.0", /Mozilla Public License,?\s+Version 2\.0/i],
  ["EUPL-1.2", /European Union Public Licen[cs]e/i],
  ["BSD", /Redistribution and use in source and binary forms/i],
  ["MIT", /Permission is hereby granted, free of charge, to any person obtaining a copy/i],
  ["ISC", /Permission to use, copy, modify, and(?:\/or)? distribute this software for any purpose/i],
  ["Unlicense", /This is free and unencumbered software released into the public domain/i],
  ["CC0-1.0", /CC0 1\.0 Universal/i],
];

/** What people write into composer.json and package.json for what is not free. */
const proprietary = /^(?:proprietary|unlicensed|commercial|closed)$|see licen[cs]e in|all rights reserved/i;
const licenceFile = /^(?:licen[cs]e|copying|unlicense)(?:[-.][\w.-]+)?$/i;

const one = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);
const declared = z.union([one, z.array(one)]).transform((value) => [value].flat());
const manifest = z.object({ license: declared.optional() });
const packages = z.object({ packages: z.array(z.object({ name: z.string(), license: declared.optional() })) });

/**
 * What the tree says of its licences, R21: the files of the application itself, and what composer.lock says of packages. Whether
 * somebody has bought a licence is on no disk.
 *
 * source: C 17(3), C 14(5), P B.5
 */
export function findingsOfLicences(files: ApplicationFiles): Finding[] {
  const own = [...files.texts].filter(([path]) => !isOfDependency(path) && partsOf(path).length <= 2);
  const found = own.flatMap(([path, text]) => [
    ...ofFile(path, text),
    ...ofManifest(path, text),
    ...ofPackages(path, text),
  ]);
  return found.length > 0 ? found : [finding("licence-unknown")];
}

function ofFile(path: string, text: string): Finding[] {
  if (!licenceFile.test(nameOf(path))) return [];
  const name = texts.find(([, mark]) => mark.test(text))?.[0];
  return [name === undefined ? finding("licence-proprietary", { path: showPath(path) }) : said(path, name)];
}

function ofManifest(path: string, text: string): Finding[] {
  if (!/^(?:composer|package)\.json$/.test(nameOf(path))) return [];
  const names = parseJson(text, manifest)?.license ?? [];
  return names.map((name) =>
    proprietary.test(name) ? finding("licence-proprietary", { path: showPath(path) }) : said(path, name),
  );
}

function ofPackages(path: string, text: string): Finding[] {
  if (nameOf(path) !== "composer.lock") return [];
  const closed = (parseJson(text, packages)?.packages ?? []).filter(({ license }) =>
    license?.every((name) => proprietary.test(name)),
  );
  return closed.map(({ name }) => finding("licence-proprietary", { path: showPath(path), package: showPath(name) }));
}

function said(path: string, name: string): Finding {
  return finding("licence-declared", { path: showPath(path), licence: showPath(name) });
}

const marks: readonly (readonly [FindingCode, RegExp])[] = [
  ["code-encoded", /^<\?php \/\/[0-9a-f]{5}|ionCube Loader|^<\?php @Zend;|\bsg_load\s*\(|SourceGuardian/],
  [
    "licence-broken",
    /\bnulled\b(?:\s+by\b|\s+version\b|\.)|\bnull(?:ed)?(?:php|scripts?|themes?)\b|\bweb(?:data)?nulled\b|\bby(?:pass|passed) licen[cs]e\b/i,
  ],
];

/** What a line of a program gives away: code that nobody can read, or whose licence was cut out. */
export function licenceMarkInLine(path: string, line: string): FindingCode | undefined {
  if (isOfDependency(path) || !/\.(?:php\d?|inc|js|css)$/i.test(path)) return undefined;
  return marks.find(([, mark]) => mark.test(line))?.[0];
}
