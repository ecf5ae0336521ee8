import { showPath } from "../archive-entry.ts";
import { type Finding, finding } from "../check.ts";
import { componentsOf } from "./application.ts";
import { type ApplicationFiles, belowTop } from "./application-files.ts";
import type { Component } from "./end-of-life.ts";
import { findingsOfLicences } from "./licences.ts";

/** What the files of an image say of the application in it. */
export type ImageApplication = { components: Component[]; licences: Finding[] };

/**
 * The application is where its program is started, or else anywhere in the image.
 *
 * @param files as a container sees them
 * @param workingFolder "app", "" for the root
 * @param runtimes that the image says it has: they are what runs, whatever the application asks for
 */
export function applicationOfImage(
  files: ApplicationFiles,
  workingFolder: string,
  runtimes: readonly Component[],
): ImageApplication {
  const there = readBelow(files, workingFolder);
  const { components, licences } = there.components.length > 0 ? there : readBelow(files, "");
  const asked = components.filter(({ product }) => !runtimes.some((runtime) => runtime.product === product));
  return { components: [...asked, ...runtimes], licences };
}

function readBelow({ paths, texts }: ApplicationFiles, folder: string): ImageApplication {
  const isBelow = (path: string) => folder === "" || path.startsWith(`${folder}/`);
  const tree = belowTop([...paths].filter(isBelow), new Map([...texts].filter(([path]) => isBelow(path))));
  const placed = (path: string) => showPath(tree.top + path);
  return {
    components: componentsOf(tree).map((component) => ({ ...component, path: placed(component.path) })),
    licences: findingsOfLicences(tree).map(({ code, values }) =>
      finding(code, values.path === undefined ? values : { ...values, path: placed(String(values.path)) }),
    ),
  };
}
