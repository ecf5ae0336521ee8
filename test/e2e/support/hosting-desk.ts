import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pino } from "pino";
import { assignAddress } from "../../../core/actions/ipam/give-address.ts";
import { addPrefix } from "../../../core/actions/ipam/prefixes.ts";
import { fileTicket } from "../../../core/actions/ticket/file-ticket.ts";
import { receiveFile } from "../../../core/actions/upload/keep-files.ts";
import { findApplicationOfTicket } from "../../../core/db/hosting/applications.ts";
import { listMachineChecks } from "../../../core/db/hosting/machine-checks.ts";
import { preparePulumiState } from "../../../core/db/hosting/pulumi-state.ts";
import { findLatestPlan } from "../../../core/db/hosting/stack-plans.ts";
import { listAttachments } from "../../../core/db/ticket/attachments.ts";
import { insertDraft } from "../../../core/db/ticket/drafts.ts";
import type { Answers } from "../../../core/domain/form/field.ts";
import type { HostingRules } from "../../../core/domain/hosting/hosting-rules.ts";
import { machineCheckKey } from "../../../core/domain/hosting/machine-checks.ts";
import { renderPlatform } from "../../../core/domain/hosting/render-stack.ts";
import { openStacks } from "../../../infra/stacks/context.ts";
import { updateStack } from "../../../infra/stacks/update.ts";
import { checkApplicationFile } from "../../../worker/checks/check-application-file.ts";
import { openHosts } from "../../../worker/hosting/open-hosts.ts";
import { buildApplication } from "../../../worker/tasks/build-application.ts";
import { checkFile } from "../../../worker/tasks/check-file.ts";
import { clearApplication } from "../../../worker/tasks/clear-application.ts";
import { fetchFile } from "../../../worker/tasks/fetch-file.ts";
import { fetchImage } from "../../../worker/tasks/fetch-image.ts";
import { planApplication } from "../../../worker/tasks/plan-application.ts";
import { pathsOfHosting, usualAnswers } from "../../core/domain/procedures/hosting.paths.ts";
import { endOfLife } from "../../support/archives.ts";
import { emptyDatabase } from "../../support/database.ts";
import { testHosting } from "../../support/hosting.ts";
import { accepted } from "../../support/ipam.ts";
import { minutesAfter, openOffice } from "../../support/office.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { temporaryFolder } from "./folders.ts";
import { makeProxyImage } from "./images.ts";

const { signal } = new AbortController();
const path =
  pathsOfHosting["an application is planned by a machine, accepted, approved, built, reported and told"] ?? [];
/** Of files that were handed in: the requests here bring their own. */
const ofFiles = ["hand-in-application", "accept-machine-check", "overrule-machine-check"];

export type HostingDesk = Awaited<ReturnType<typeof openHostingDesk>>;

/**
 * An office whose applications are built on an engine, by the worker's tasks, each run when the test says; the proxy stands.
 *
 * @param rules of the profile, but for the host
 */
export async function openHostingDesk(engine: DockerEngine, rules: Omit<HostingRules, "targets"> = testHosting) {
  await using stack = new AsyncDisposableStack();
  const { path: home } = stack.use(await temporaryFolder());
  const state = await emptyDatabase();
  stack.defer(() => state.drop());
  const proxyImage = await makeProxyImage(engine);
  const [given] = testHosting.targets;
  const proxy = { ...given.proxy, addresses: [engine.address], image: proxyImage };
  const target = { ...given, endpoint: engine.endpoint, proxy };
  const office = await openOffice({ hosting: { ...rules, targets: [target] } });
  stack.defer(() => office.close());

  await mkdir(join(home, "stacks"));
  const passphraseFile = join(home, "passphrase");
  await writeFile(passphraseFile, "only-for-this-test");
  const context = await openStacks({ home, passphraseFile, ...(await preparePulumiState(state.config)) });
  const hosts = openHosts(async () => context);
  await writeFile(join(home, "stacks/platform-dc.json"), renderPlatform(target));
  accepted(await updateStack(context, "platform-dc"));
  await fillRegister();

  const faults: string[] = [];
  const files = new Map<string, Uint8Array>();
  const options = {
    ...{ db: office.db, filesFolder: home, hosts },
    setting: (now: Date) => office.setting(now),
    log: pino({ level: "error" }, { write: (line: string) => void faults.push(line) }),
    download: async (fileId: string) => ({ stream: Readable.from([files.get(fileId) ?? ""]) }),
    checkFile: (file: string, kind: "dump" | undefined, now: Date) => {
      const onBreak = (fault: Error) => void faults.push(fault.message);
      return checkApplicationFile(file, kind, { now, endOfLife, onBreak });
    },
  };

  /** The prefix of applications, and whose the proxy's address is. */
  async function fillRegister(): Promise<void> {
    const by = office.people.infrastructure;
    const add = (network: string, name: string) =>
      office.act((tx) => addPrefix(tx, by, office.setting(), { answers: { zone: "Utama", network, name } }));
    accepted(await add(target.prefix, "Aplikasi"));
    const prefixId = accepted(await add("10.213.0.0/16", "Host"));
    const wish = { prefixId, address: engine.address, officeId: by.officeId };
    const answers = { name: "Proxy", basis: "555/1/2026" };
    accepted(await office.act((tx) => assignAddress(tx, by, office.setting(), { ...wish, answers })));
  }

  /** Somebody asks for it, with files by their names; a machine checks them, and the data center has judged each of its checks. */
  async function request(wishes: Answers, handedIn: Record<string, Uint8Array> = {}): Promise<number> {
    const by = office.people.requester;
    const setting = office.setting();
    const { now } = setting;
    const draft = { chatId: 1, personId: by.id, form: "file", subject: {}, question: "files", answers: {} };
    const draftId = await office.act((tx) => insertDraft(tx, { ...draft, now, expiresAt: minutesAfter(now, 60) }));
    for (const [name, bytes] of Object.entries({ "surat.pdf": Buffer.from("surat"), ...handedIn })) {
      files.set(name, bytes);
      const file = { kind: "document", name, mimeType: "application/octet-stream", telegramFileId: name } as const;
      const field = name === "surat.pdf" ? "letter" : "application-files";
      await office.act((tx) => receiveFile(tx, by, setting, { draftId, field, file }));
    }
    const letter = { "letter-number": "555/210/2026", "letter-date": "20-11-2026", "official-duty": "accepted" };
    const asked = { service: "hosting", application: "Antrean", description: "Antrean loket.", ...letter, ...wishes };
    const input = { procedure: "hosting", answers: asked, draftId };
    const ticketId = accepted(await office.act((tx) => fileTicket(tx, by, setting, input)));
    await receive(ticketId);
    await go(ticketId, { before: "plan-application", without: ofFiles });
    await judge(ticketId);
    return ticketId;
  }

  /** What was handed in or named comes, and is checked. */
  async function receive(ticketId: number): Promise<void> {
    for (const { id: attachmentId, field } of await filesOf(ticketId)) {
      await fetchFile({ attachmentId }, options);
      await fetchImage({ attachmentId }, options, { signal });
      if (field === "application-files") await checkFile({ attachmentId }, options, { signal });
    }
  }

  const filesOf = (ticketId: number) => listAttachments(office.db, ticketId, { withInternalNotes: true });

  /** As the machine says; what it could not check is looked at by somebody. */
  async function judge(ticketId: number): Promise<void> {
    for (const check of await listMachineChecks(office.db, ticketId)) {
      const answers = { "machine-check": machineCheckKey(check) };
      const overruled = { ...answers, verdict: "passed", note: "Sudah dilihat." };
      await office.walk(ticketId, [
        check.result === "not-checked"
          ? ["overrule-machine-check", "data-center", overruled]
          : ["accept-machine-check", "data-center", answers],
      ]);
    }
  }

  /** All steps of the path, from one to what a machine has built, or to before another one. */
  async function go(
    ticketId: number,
    {
      from = path[0]?.[0],
      before,
      without = [],
      planned = {},
    }: { from?: string | undefined; before?: string; without?: readonly string[]; planned?: Answers } = {},
  ): Promise<void> {
    for (const [name, role, , , , answers] of path.slice(path.findIndex(([first]) => first === from))) {
      if (name === before) return;
      if (without.includes(name)) continue;
      if (name === "application-planned") await planApplication({ ticketId }, options, { signal });
      else if (name === "application-built") return buildApplication({ ticketId }, options, { signal });
      else {
        const asked = { ...(answers ?? usualAnswers[name]), ...(name === "plan-application" ? planned : {}) };
        await office.walk(ticketId, [[name, role, asked]]);
      }
    }
  }

  async function applicationOf(ticketId: number) {
    const application = await findApplicationOfTicket(office.db, ticketId);
    const plan = application && (await findLatestPlan(office.db, { ticketId, stack: application.stack }));
    if (application === undefined || plan === undefined) throw new Error(`ticket ${ticketId} has no application`);
    return { application, plan };
  }

  const kept = stack.move();
  return {
    ...{ home, office, context, hosts, target, faults, options, request, go, filesOf, applicationOf },
    clear: (ticketId: number) => clearApplication({ ticketId }, options, { signal }),
    /** The status of its page, by its name through the proxy. */
    ask: async (ticketId: number) => {
      const { domainName } = (await applicationOf(ticketId)).application.revision;
      return hosts.ask(engine.address, { port: target.proxy.httpsPort, name: domainName, path: "/" });
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
