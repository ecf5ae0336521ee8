import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findAttachment, listAttachments } from "../../core/db/ticket/attachments.ts";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { HostFailed, type Hosts } from "../../worker/hosting/hosts.ts";
import { fetchImage, giveUpImage } from "../../worker/tasks/fetch-image.ts";
import { testHosting } from "../support/hosting.ts";
import { openOffice, type TestOffice } from "../support/office.ts";

const reference = `registry.go.id/simpeg@sha256:${"0a".repeat(32)}`;
const { signal } = new AbortController();

let office: TestOffice;
let filesFolder: string;
let asked: string[];
beforeAll(async () => {
  office = await openOffice({ hosting: { ...testHosting, registries: ["registry.go.id"] } });
  filesFolder = await mkdtemp(join(tmpdir(), "simpul-fetched-"));
});
afterAll(async () => {
  await office.close();
  await rm(filesFolder, { recursive: true });
});
beforeEach(() => {
  asked = [];
});

/** The file into which the image of a new request is fetched. */
async function asking(): Promise<number> {
  const wishes = { runtime: "image", size: "small", reach: "intranet", "image-reference": reference };
  const ticketId = await office.file({ procedure: "hosting", answers: wishes });
  const files = await listAttachments(office.db, ticketId, { withInternalNotes: true });
  return files.find(({ imageReference }) => imageReference === reference)?.id ?? 0;
}

const saves: Hosts["saveImage"] = async (target, wanted, path, { largestMegabytes, freeBytes }) => {
  asked.push(`${wanted} of ${target.name}, ${largestMegabytes} MB at most`);
  expect(freeBytes).toBeGreaterThan(0);
  await writeFile(path, "an image");
};

function options(saveImage: Hosts["saveImage"] = saves, hosting: typeof testHosting | undefined = testHosting) {
  const setting = (now: Date) => office.setting(now, { hosting });
  return { db: office.db, setting, filesFolder, hosts: { saveImage }, pausesMs: [0], log: pino({ level: "silent" }) };
}

it("an image is fetched by the first host, kept under its hash, and checked", async () => {
  const attachmentId = await asking();

  await fetchImage({ attachmentId }, options(), { signal });

  expect(asked).toEqual([`${reference} of dc, 2048 MB at most`]);
  const hash = sha256("an image");
  expect(await findAttachment(office.db, attachmentId)).toMatchObject({ state: "stored", sha256: hash, sizeBytes: 8 });
  expect(await readFile(join(filesFolder, hash), "utf8")).toBe("an image");
  expect(await readdir(join(filesFolder, "incoming"))).toEqual([]);
  expect(office.enqueued).toContainEqual({ name: "check-file", data: { attachmentId } });

  await fetchImage({ attachmentId }, options(), { signal });
  expect(asked).toHaveLength(1);
});

it.each(["registry-unreachable", "image-not-in-registry", "image-too-large", "store-full"] as const)(
  "what a host refuses is kept as why it did not come: %s",
  async (why) => {
    const attachmentId = await asking();
    const refuses = () => Promise.reject(new HostFailed(why, "saving an image in a test"));

    await fetchImage({ attachmentId }, options(refuses), { signal });

    expect(await findAttachment(office.db, attachmentId)).toMatchObject({ state: "failed", trouble: why });
  },
);

it("a host that does not answer at once is asked again", async () => {
  const attachmentId = await asking();
  let tries = 0;
  const later: Hosts["saveImage"] = async (...args) => {
    tries += 1;
    if (tries === 1) throw new HostFailed("host-unreachable", "saving an image in a test");
    return saves(...args);
  };

  await fetchImage({ attachmentId }, options(later), { signal });

  expect(await findAttachment(office.db, attachmentId)).toMatchObject({ state: "stored", trouble: null });
});

it("of what is stopped nothing is recorded, and nothing is left", async () => {
  const attachmentId = await asking();
  const stop = new AbortController();
  const stops: Hosts["saveImage"] = async (_target, _wanted, path, _limits, given) => {
    await writeFile(path, "half of an image");
    stop.abort(new Error("the worker stops"));
    given.throwIfAborted();
  };

  const fetching = fetchImage({ attachmentId }, options(stops), { signal: stop.signal });

  await expect(fetching).rejects.toThrow("the worker stops");
  expect(await findAttachment(office.db, attachmentId)).toMatchObject({ state: "waiting", trouble: null });
  expect(await readdir(join(filesFolder, "incoming"))).toEqual([]);
});

it("where the profile has no host any more, and after every try, it says so", async () => {
  const [first, second] = [await asking(), await asking()];

  await fetchImage(
    { attachmentId: first },
    { ...options(), setting: (now) => office.setting(now, { hosting: undefined }) },
    { signal },
  );
  await giveUpImage({ attachmentId: second }, options());

  expect(await findAttachment(office.db, first)).toMatchObject({ state: "failed", trouble: "profile-changed" });
  expect(await findAttachment(office.db, second)).toMatchObject({ state: "failed", trouble: "not-finished" });
});
