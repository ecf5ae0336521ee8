import { z } from "zod";
import { partsOf, showPath } from "../archive-entry.ts";
import { type Finding, finding } from "../check.ts";
import type { Component } from "./end-of-life.ts";
import { parseJson } from "./parse-json.ts";
import { isSecretVariable } from "./secrets.ts";

/** source: Docker image specification v1.2, "Combined Image JSON + Filesystem Changeset Format" */
const manifestFile = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()).max(200) })).min(1);
const configurationFile = z.object({
  os: z.string().optional(),
  architecture: z.string().optional(),
  config: z
    .object({
      User: z.string().optional(),
      ExposedPorts: z.record(z.string(), z.unknown()).nullish(),
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      Env: z.array(z.string()).nullish(),
      Volumes: z.record(z.string(), z.unknown()).nullish(),
      WorkingDir: z.string().nullish(),
    })
    .nullish(),
  rootfs: z.object({ diff_ids: z.array(z.string()) }).optional(),
});

/** What was seen in the file that `docker save` wrote. */
export type ImageFiles = {
  texts: ReadonlyMap<string, string>;
  /** Of small files, and of layers as they are unpacked. */
  sha256Of: ReadonlyMap<string, string>;
  /** Where symbolic links lead, by their path; older versions save a layer that is used twice so. */
  links: ReadonlyMap<string, string>;
};

export type ImageReading = {
  findings: Finding[];
  secrets: Finding[];
  /** the runtimes that it says it has */
  components: Component[];
  /** Its layers from the lowest on, by their paths in the file; none where it cannot be read. */
  layers: string[];
  /** in which its program is started: "app", "" */
  workingFolder: string;
};

/** Whether an image is whole, and what it is: its id, its account, its port, what it runs. */
export function readImage(files: ImageFiles): ImageReading {
  const nothing = { secrets: [], components: [], layers: [], workingFolder: "" };
  const text = files.texts.get("manifest.json");
  if (text === undefined) return { findings: [finding("manifest-missing")], ...nothing };
  const [image, ...others] = parseJson(text, manifestFile) ?? [];
  if (image === undefined) return { findings: [finding("manifest-unreadable")], ...nothing };
  if (others.length > 0) return { findings: [finding("several-images", { count: others.length + 1 })], ...nothing };
  const path = showPath(image.Config);
  const configuration = files.texts.get(image.Config);
  if (configuration === undefined) return { findings: [finding("configuration-missing", { path })], ...nothing };
  const read = parseJson(configuration, configurationFile);
  if (read === undefined) return { findings: [finding("configuration-unreadable", { path })], ...nothing };
  const id = files.sha256Of.get(image.Config) ?? "";
  return {
    findings: [
      ...(image.Config.includes(id) ? [] : [finding("configuration-differs", { path })]),
      ...layerFindings(image.Layers, read.rootfs?.diff_ids ?? [], files),
      ...runFindings(read),
      describe(id, read),
    ],
    secrets: (read.config?.Env ?? []).filter(isSecretVariable).map((variable) => {
      return finding("secret-in-environment", { name: showPath(variable.split("=")[0] ?? "") });
    }),
    components: runtimesOf(read.config?.Env ?? [], path),
    layers: image.Layers.map((layer) => (files.sha256Of.has(layer) ? layer : followed(layer, files.links))),
    workingFolder: partsOf(read.config?.WorkingDir ?? "").join("/"),
  };
}

/** The content of each layer is what the configuration says, which the id of the image is a hash of. */
function layerFindings(
  layers: readonly string[],
  expected: readonly string[],
  { sha256Of, links }: ImageFiles,
): Finding[] {
  if (layers.length !== expected.length) return [finding("layer-missing", { path: "" })];
  return layers.flatMap((path, index) => {
    const sha256 = sha256Of.get(path) ?? sha256Of.get(followed(path, links));
    if (sha256 === undefined) return [finding("layer-missing", { path: showPath(path) })];
    return expected[index] === `sha256:${sha256}` ? [] : [finding("layer-differs", { path: showPath(path) })];
  });
}

/** "a/layer.tar -> ../b/layer.tar" */
function followed(path: string, links: ReadonlyMap<string, string>): string {
  return links.get(path)?.replace(/^\.\.\//, "") ?? "";
}

type Configuration = z.output<typeof configurationFile>;

function runFindings({ os, config }: Configuration): Finding[] {
  const account = config?.User?.split(":")[0] ?? "";
  const runs = [...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])];
  return [
    ...(os === undefined || os === "linux" ? [] : [finding("not-for-linux", { system: showPath(os) })]),
    ...(/^(?:0*|root)$/.test(account) ? [finding("runs-as-root")] : []),
    ...(Object.keys(config?.ExposedPorts ?? {}).length > 0 ? [] : [finding("no-port")]),
    ...(runs.length > 0 ? [] : [finding("nothing-to-run")]),
    ...Object.keys(config?.Volumes ?? {}).map((folder) => finding("writes-lost", { path: showPath(folder) })),
  ];
}

function describe(id: string, { architecture, config }: Configuration): Finding {
  return finding("image-described", {
    id: `sha256:${id}`,
    architecture: showPath(architecture ?? ""),
    account: showPath(config?.User ?? ""),
    ports: showPath(Object.keys(config?.ExposedPorts ?? {}).join(", ")),
    runs: showPath([...(config?.Entrypoint ?? []), ...(config?.Cmd ?? [])].join(" ")),
  });
}

/** The official images say so in their environment. */
const variables: Record<string, string> = {
  PHP_VERSION: "php",
  NODE_VERSION: "nodejs",
  PYTHON_VERSION: "python",
  JAVA_VERSION: "java",
};

function runtimesOf(environment: readonly string[], path: string): Component[] {
  return environment.flatMap((variable) => {
    const [name = "", value = ""] = variable.split("=");
    const product = variables[name];
    const version = /\d+(?:\.\d+)*/.exec(value.replace(/^(?:jdk-?)?(?:1\.(?=[5-8]))?/, ""))?.[0];
    return product === undefined || version === undefined ? [] : [{ product, version, path }];
  });
}

/** The system of a layer, by its /etc/os-release. */
export function systemOf(path: string, text: string): Component | undefined {
  const id = /^ID="?([a-z]+)"?$/m.exec(text)?.[1];
  const version = /^VERSION_ID="?(\d+(?:\.\d+)?)/m.exec(text)?.[1];
  if (id === undefined || version === undefined || !["debian", "ubuntu", "alpine"].includes(id)) return undefined;
  return { product: id, version, path };
}
