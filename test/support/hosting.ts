import {
  beginBuilding,
  recordBuildFailure,
  recordBuilt,
  recordOutdated,
} from "../../core/actions/build-application.ts";
import { recordImage, recordPlan, recordPlanFailure } from "../../core/actions/plan-application.ts";
import type { Setting } from "../../core/actions/setting.ts";
import { findApplicationOfTicket, findLatestPlan } from "../../core/db/applications.ts";
import type { Tx } from "../../core/db/tables.ts";
import { findTicket } from "../../core/db/tickets.ts";
import type { PlanHashes } from "../../core/domain/hosting/application.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { renderApplication } from "../../core/domain/hosting/render-stack.ts";
import { accept, type Outcome } from "../../core/domain/outcome.ts";
import { findProcedure } from "../../core/domain/procedures/index.ts";
import { findStep, type Step } from "../../core/domain/procedures/procedure.ts";
import type { Ticket } from "../../core/domain/ticket/ticket.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";

const target = {
  ...{ name: "dc", title: "Server aplikasi", endpoint: "unix:///var/run/docker.sock" },
  ...{ zone: "Utama", prefix: "10.40.0.0/16" },
  proxy: { addresses: ["10.10.5.20"], httpPort: 80, httpsPort: 443, intranet: ["10.0.0.0/8"] },
} as const satisfies HostingTarget;

const healthTest = ["CMD", "/bin/busybox", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:{port}/"];

/** What the profile of an office in the tests says of hosting by machine. */
export const testHosting = {
  targets: [target] as const,
  sizes: [{ name: "small", title: "Kecil", memoryMb: 64, cpus: 0.5 }],
  runtimes: [{ name: "image", title: "Image kontainer", port: 8080, healthPath: "/", healthTest }],
  planHours: 200,
};

export const testImage = `sha256:${"b".repeat(64)}`;

export function hashesOf(input: string): PlanHashes {
  return { preview: sha256("preview"), program: sha256("program"), inputs: sha256(input), state: "" };
}

/** The plan that a machine makes of what is known, without a host. */
export async function planInTests(tx: Tx, setting: Setting, ticketId: number): Promise<Outcome> {
  const applicationId = (await findApplicationOfTicket(tx, ticketId))?.id ?? 0;
  const image = await recordImage(tx, setting, { ticketId, applicationId, imageId: testImage });
  if (!image.ok) return image;
  const application = await findApplicationOfTicket(tx, ticketId);
  const input = application && setting.rules.hosting && renderApplication(application, setting.rules.hosting);
  if (input === undefined) throw new Error(`planning for ticket ${ticketId} in a test: nothing to plan`);
  const plan = { input, imageId: testImage, hashes: hashesOf(input), changes: [], steps: [] };
  return recordPlan(tx, setting, { ticketId, applicationId, plan });
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

async function end(tx: Tx, setting: Setting, { ticketId, step }: { ticketId: number; step: string }): Promise<Outcome> {
  if (step === "application-planned") return planInTests(tx, setting, ticketId);
  if (step === "planning-failed") return recordPlanFailure(tx, setting, { ticketId, why: "disk-full" });
  if (step === "plan-outdated") return recordOutdated(tx, setting, { ticketId });
  const application = await findApplicationOfTicket(tx, ticketId);
  const plan = application && (await findLatestPlan(tx, application.id));
  const begun = await beginBuilding(tx, setting, { ticketId, planId: plan?.id ?? 0 });
  if (!begun.ok) return begun;
  return step === "application-built"
    ? recordBuilt(tx, setting, { ticketId, seen: { intranet: "passed", internet: "not-applicable" } })
    : recordBuildFailure(tx, setting, { ticketId, why: "unhealthy" });
}

/** No host answers. */
export const noHosts: Hosts = {
  loadImage: unreachable,
  preview: unreachable,
  recover: unreachable,
  update: unreachable,
  route: unreachable,
  ask: async () => undefined,
};

function unreachable(): Promise<never> {
  return Promise.reject(new HostFailed("host-unreachable", "asking a host in a test: there is none"));
}
