import {
  beginBuilding,
  recordBuildFailure,
  recordBuilt,
  recordOutdated,
} from "../../core/actions/hosting/build-application.ts";
import { recordCleared, recordClearingFailure } from "../../core/actions/hosting/clear-application.ts";
import { planAnew } from "../../core/actions/hosting/plan-anew.ts";
import {
  recordAccessSecrets,
  recordImage,
  recordPlan,
  recordPlanFailure,
} from "../../core/actions/hosting/plan-application.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findApplicationOfTicket } from "../../core/db/hosting/applications.ts";
import { findLatestPlan } from "../../core/db/hosting/stack-plans.ts";
import { findWanted } from "../../core/db/hosting/wanted.ts";
import type { Tx } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/ticket/tickets.ts";
import type { PlanHashes } from "../../core/domain/hosting/application.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import type { HostingDatabase, HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { renderApplication } from "../../core/domain/hosting/render-stack.ts";
import { sealSecret } from "../../core/domain/hosting/sealed-secret.ts";
import { isOfDatabase } from "../../core/domain/hosting/vendor-access.ts";
import { renderWanted } from "../../core/domain/hosting/wanted.ts";
import { accept, type Outcome, refuse } from "../../core/domain/outcome.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { findStep, type Step } from "../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import type { WatchedHosts } from "../../worker/hosting/watched-hosts.ts";

const target = {
  ...{ name: "dc", title: "Server aplikasi", endpoint: "unix:///var/run/docker.sock" },
  ...{ zone: "Utama", prefix: "10.40.0.0/16" },
  proxy: {
    addresses: ["10.10.5.20"],
    ...{ httpPort: 80, httpsPort: 443, intranet: ["10.0.0.0/8"] },
    ...{ image: `sha256:${"e".repeat(64)}`, memoryMb: 256, cpus: 1 },
  },
} as const satisfies HostingTarget;

const healthTest = ["CMD", "/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:{port}/"];

const asUsual = {
  ...{ port: 8080, healthPath: "/", healthTest, user: "10001:10001", temporary: ["/tmp"] },
  // What is healthy is known as that at once; a busy machine has the time that it needs.
  ...{ healthIntervalSeconds: 1, startSeconds: 20, drainSeconds: 3 },
};
const base = `sha256:${"c".repeat(64)}`;
const imageRuntime = { ...asUsual, name: "image", title: "Image kontainer", kept: [], databases: [] };
const staticRuntime = {
  ...{ ...asUsual, name: "static", title: "Situs statis", kept: [], databases: [] },
  made: { image: base, folder: "/www" },
};
const phpRuntime = {
  ...{ ...asUsual, name: "php", title: "PHP", databases: ["mariadb"] },
  made: { image: base, folder: "/srv/www" },
  kept: [{ name: "uploads", folder: "/srv/www/uploads" }],
  command: ["php", "-S", "0.0.0.0:8080"],
};
const mariadb = {
  ...{ name: "mariadb", title: "MariaDB", engine: "mariadb", image: `sha256:${"d".repeat(64)}` },
  ...{ memoryMb: 256, cpus: 0.5, user: "999:999", folder: "/var/lib/mysql", temporary: ["/tmp", "/run/mysqld"] },
  healthTest: ["CMD", "mariadb-admin", "ping"],
} satisfies HostingDatabase;

/** What the profile of an office in the tests says of hosting by machine. */
export const testHosting = {
  targets: [target] as const,
  sizes: [
    { name: "small", title: "Kecil", memoryMb: 64, cpus: 0.5 },
    { name: "large", title: "Besar", memoryMb: 128, cpus: 1 },
  ],
  runtimes: [imageRuntime, staticRuntime, phpRuntime],
  databases: [mariadb],
  registries: [] as readonly string[],
  planHours: 200,
  keepDeletedDays: 30,
  access: {
    ...{ image: `sha256:${"a".repeat(64)}`, memoryMb: 64, cpus: 0.5 },
    ...{ ports: { first: 22000, last: 22099 }, longestDays: 30 },
  },
};

export const testImage = `sha256:${"b".repeat(64)}`;

/** Of the server by which a vendor gets in. */
const testHostKey = {
  hostKey: sealSecret("only-for-this-test", "key", Buffer.alloc(12)),
  fingerprint: `SHA256:${"A".repeat(43)}`,
};
const testPassword = sealSecret("only-for-this-test", "of-the-vendor", Buffer.alloc(12));

export function hashesOf(input: string): PlanHashes {
  return { preview: sha256("preview"), program: sha256("program"), inputs: sha256(input), state: "" };
}

/** The plan that a machine makes of what is known, without a host. */
export async function planInTests(tx: Tx, setting: Setting, ticketId: number): Promise<Outcome> {
  const planned = await findApplicationOfTicket(tx, ticketId);
  if (planned === undefined) return planPlatformInTests(tx, setting, ticketId);
  const { stack, revision } = planned;
  const { id: revisionId, change } = revision;
  // What is changed later has its image already, but for another version.
  const made = change === "version" ? `sha256:${sha256(`revision ${revisionId}`)}` : testImage;
  const imageId = revision.imageId ?? made;
  const image = await recordImage(tx, setting, { ticketId, revisionId, imageId, secrets: null });
  if (!image.ok) return image;
  if (planned.access !== null && planned.access.hostKey === null) {
    const accountPassword = isOfDatabase(planned.access.kind) ? testPassword : null;
    const secrets = { ...testHostKey, accountPassword };
    await recordAccessSecrets(tx, setting, { ticketId, accessId: planned.access.id, secrets });
  }
  const application = await findApplicationOfTicket(tx, ticketId);
  const input = application && setting.rules.hosting && renderApplication(application, setting.rules.hosting);
  if (input === undefined) throw new Error(`planning for ticket ${ticketId} in a test: nothing to plan`);
  const plan = { input, imageId, hashes: hashesOf(input), changes: [], steps: [] };
  return recordPlan(tx, setting, { ticketId, stack, revisionId, plan });
}

async function planPlatformInTests(tx: Tx, setting: Setting, ticketId: number): Promise<Outcome> {
  const wanted = await findWanted(tx, ticketId);
  const input = wanted && setting.rules.hosting && renderWanted(wanted, setting.rules.hosting);
  if (wanted === undefined || input === undefined) {
    throw new Error(`planning for ticket ${ticketId} in a test: nothing to plan`);
  }
  const plan = { input, imageId: null, hashes: hashesOf(input), changes: [], steps: [] };
  return recordPlan(tx, setting, { ticketId, stack: wanted.stack, plan });
}

/** What a machine's work comes to, without the work. */
export async function endMachineWork(
  tx: Tx,
  setting: Setting,
  { ticketId, step }: { ticketId: number; step: string },
): Promise<Outcome<{ step: Step; ticket: Ticket }>> {
  const ended = await end(tx, setting, { ticketId, step });
  if (!ended.ok) return ended;
  const ticket = await findTicket(tx, ticketId);
  const done = ticket && findStep(findProcedure(ticket.procedure), step);
  if (ticket === undefined || done === undefined) throw new Error(`there is no step ${step}`);
  return accept({ step: done, ticket });
}

/** Before it was approved who would have approved it found it, and after that the machine. */
async function outdate(tx: Tx, setting: Setting, { ticketId }: { ticketId: number }): Promise<Outcome> {
  const { refusal } = refuse("plan-expired");
  const ticket = await findTicket(tx, ticketId);
  if (ticket?.state !== "awaiting-plan-approval") return recordOutdated(tx, setting, { ticketId, refusal });
  const told = await planAnew(tx, setting, { ticketId, refusal });
  return told.values.isMadeAnew ? accept() : { ok: false, refusal: told };
}

async function end(tx: Tx, setting: Setting, { ticketId, step }: { ticketId: number; step: string }): Promise<Outcome> {
  if (step === "application-planned") return planInTests(tx, setting, ticketId);
  if (step === "planning-failed") return recordPlanFailure(tx, setting, { ticketId, why: "image-unreadable" });
  if (step === "building-cleared") return recordCleared(tx, setting, { ticketId });
  if (step === "clearing-failed") return recordClearingFailure(tx, setting, { ticketId, why: "host-unreachable" });
  if (step === "plan-outdated") return outdate(tx, setting, { ticketId });
  const wanted = await findWanted(tx, ticketId);
  const plan = wanted && (await findLatestPlan(tx, wanted));
  if (plan === undefined) throw new Error(`building for ticket ${ticketId} in a test: there is no plan`);
  const begun = await beginBuilding(tx, setting, { ticketId, planId: plan.id, previewed: plan });
  if (!begun.ok) return begun;
  const seen = wanted?.application && ({ intranet: "passed", internet: "not-applicable" } as const);
  return step === "application-built"
    ? recordBuilt(tx, setting, { ticketId, seen })
    : recordBuildFailure(tx, setting, { ticketId, why: "unhealthy" });
}

/** No host answers. */
export const noHosts: Hosts = {
  loadImage: unreachable,
  saveImage: unreachable,
  makeImage: unreachable,
  seal: unreachable,
  unseal: unreachable,
  needImage: unreachable,
  needProxy: unreachable,
  isPrepared: async () => undefined,
  preview: unreachable,
  recover: unreachable,
  update: unreachable,
  previewRemoval: unreachable,
  remove: unreachable,
  keepStanding: unreachable,
  forgetPlan: unreachable,
  drain: async () => {},
  fillDatabase: unreachable,
  askDatabase: unreachable,
  tryDump: unreachable,
  makeAccount: unreachable,
  dropAccount: unreachable,
  shutAccess: unreachable,
  forgetAccess: unreachable,
  route: unreachable,
  ask: async () => undefined,
};

/** Nothing answers when it is compared, either. */
export const noWatchedHosts: WatchedHosts = {
  hashOfState: async () => "",
  hashOfProgram: async () => hashesOf("").program,
  compare: unreachable,
  putBack: unreachable,
  contain: unreachable,
  release: unreachable,
  keepEvidence: unreachable,
};

function unreachable(): Promise<never> {
  return Promise.reject(new HostFailed("host-unreachable", "asking a host in a test: there is none"));
}
