import { type Application, addressOfSlot, type Revision } from "./application.ts";
import type { HostingRules, HostingTarget } from "./hosting-rules.ts";
import { renderAccess } from "./render-access.ts";
import { environmentOf, renderDatabase, renderFilling } from "./render-database.ts";
import { dataVolume, platformOf, volumeOf } from "./stack-names.ts";

type RenderedRevision = Pick<Revision, "change" | "domainName" | "size" | "dumpId" | "imageId" | "slot" | "isRunning">;

type Rendered = Pick<
  Application,
  | (
      | "stack"
      | "target"
      | "runtime"
      | "port"
      | "healthPath"
      | "reach"
      | "subnet"
      | "gateway"
      | "address"
      | "nextAddress"
    )
  | ("database" | "databaseAddress" | "secrets" | "dumpSha256" | "access" | "volumes")
> & { revision: RenderedRevision };

/**
 * The file of an application's stack, as the program reads it. The same application gives the same bytes. What is stopped has
 * no containers, and what is deleted has no network either. A volume that stands stays, whatever has become of its runtime in the
 * profile: it is protected, and holds data.
 *
 * @param options.beside what still answers while the application's own revision begins to, in the other slot
 * @param options.isFilling only its database, which is filled before anything asks it
 * @returns undefined: the profile does not know its target any more, or of what runs its runtime, size or database, or it has no image or secrets yet, or its dump is gone
 */
export function renderApplication(
  application: Rendered,
  rules: HostingRules,
  { beside, isFilling = false }: { beside?: RenderedRevision | undefined; isFilling?: boolean } = {},
): string | undefined {
  const { stack, subnet, gateway, reach, healthPath, revision } = application;
  const target = rules.targets.find(({ name }) => name === application.target);
  const runtime = rules.runtimes.find(({ name }) => name === application.runtime);
  const running = [beside, revision].filter((each) => each?.isRunning === true) as RenderedRevision[];
  const web = running.map((each) => renderWeb(application, each, rules));
  const hasDatabase = application.database !== null;
  const database = hasDatabase && revision.isRunning ? renderDatabase(application, rules) : {};
  const filling = renderFilling(application);
  const access = revision.isRunning && !isFilling ? renderAccess(application, rules) : {};
  if (
    target === undefined ||
    (runtime === undefined && running.length > 0) ||
    database === undefined ||
    filling === undefined ||
    access === undefined ||
    web.includes(undefined)
  ) {
    return undefined;
  }
  const wanted = [...(hasDatabase ? [dataVolume] : []), ...(runtime?.kept ?? []).map(({ name }) => volumeOf(name))];
  const isDeleted = revision.change === "delete" || revision.change === "purge";
  return show({
    ...{ kind: "application", name: stack, host: hostOf(target) },
    published: { name: revision.domainName, reach, ...(healthPath !== null && { path: healthPath }) },
    ...(revision.change === "delete" ? { keptDays: rules.keepDeletedDays } : {}),
    ...(isDeleted ? {} : { network: { subnet, gateway } }),
    web: isFilling ? [] : web,
    ...database,
    ...filling,
    ...access,
    volumes: [...new Set([...wanted, ...application.volumes])],
  });
}

function renderWeb(application: Rendered, { size: wished, imageId, slot }: RenderedRevision, rules: HostingRules) {
  const { port } = application;
  const runtime = rules.runtimes.find(({ name }) => name === application.runtime);
  const size = rules.sizes.find(({ name }) => name === wished);
  const environment = environmentOf(application, rules);
  if (runtime === undefined || size === undefined || imageId === null || environment === undefined) return undefined;
  const { entrypoint, command } = runtime;
  const path = application.healthPath ?? runtime.healthPath;
  return {
    slot,
    port,
    image: imageId,
    address: addressOfSlot(application, slot),
    ...(entrypoint && { entrypoint }),
    ...(command && { command: command.map((part) => part.replaceAll("{port}", String(port))) }),
    environment,
    memoryMb: size.memoryMb,
    cpus: size.cpus,
    ...(size.temporaryMb !== undefined && { temporaryMb: size.temporaryMb }),
    user: runtime.user,
    isReadOnly: true,
    temporary: runtime.temporary,
    mounts: runtime.kept.map(({ name, folder }) => ({ volume: volumeOf(name), path: folder })),
    healthCheck: {
      test: runtime.healthTest.map((part) => part.replaceAll("{port}", String(port)).replaceAll("{path}", path)),
      intervalSeconds: runtime.healthIntervalSeconds ?? 5,
      timeoutSeconds: 3,
      retries: 3,
      startSeconds: runtime.startSeconds ?? 5,
    },
  };
}

/** For how many days what is deleted by that file is kept; undefined: it deletes nothing. */
export function keptDaysOf(input: string): number | undefined {
  return JSON.parse(input).keptDays;
}

/** The file of what all applications of a target share, with what their routes are given by. */
export function renderPlatform(target: HostingTarget): string {
  const { image, memoryMb, cpus, httpPort, httpsPort, intranet, acmeDirectory } = target.proxy;
  const proxy = { image, memoryMb, cpus };
  const settings = { httpPort, httpsPort, intranet, acmeDirectory };
  return show({ kind: "platform", name: platformOf(target.name), host: hostOf(target), proxy, settings });
}

export function hostOf({ endpoint, certificates }: HostingTarget) {
  return certificates === undefined ? { endpoint } : { endpoint, certificates };
}

function show(input: object): string {
  return `${JSON.stringify(input, null, 2)}\n`;
}
