import { randomBytes } from "node:crypto";
import { mkdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCleanUp } from "../../worker/tasks/clean-up.ts";
import { giveUpUpload, storeUpload } from "../../worker/tasks/store-upload.ts";
import { minutesAfter, openOffice, type TestOffice } from "../support/office.ts";
import { openLinkPages, sha256Of } from "../support/uploads.ts";

let office: TestOffice;
let pages: Awaited<ReturnType<typeof openLinkPages>>;
beforeAll(async () => {
  office = await openOffice();
  pages = await openLinkPages(office);
});
afterAll(async () => {
  await pages.close();
  await office.close();
});

const options = () => ({ db: office.db, setting: office.setting, filesFolder: pages.filesFolder });

async function whole(bytes: Buffer): Promise<number> {
  const { path } = await pages.link();
  await pages.begin(path, bytes.length);
  await pages.part(path, 0, bytes);
  const { id } = await office.db.selectFrom("upload").select("id").orderBy("id", "desc").executeTakeFirstOrThrow();
  return id;
}

test("a try that ended between storing and recording begins anew and comes to the same", async () => {
  const bytes = randomBytes(1000);
  const uploadId = await whole(bytes);
  const failing = {
    ...options(),
    setting: () => {
      throw new Error("the process ended");
    },
  };
  await expect(storeUpload({ uploadId }, failing)).rejects.toThrow("the process ended");
  await storeUpload({ uploadId }, options());
  expect(await pages.files()).toEqual([sha256Of(bytes)]);
  await storeUpload({ uploadId }, options());
});

test("a file that is not as long as it was announced is not stored; given up, its person is told", async () => {
  const uploadId = await whole(randomBytes(1000));
  await writeFile(join(pages.filesFolder, "uploads", String(uploadId)), "short");
  await expect(storeUpload({ uploadId }, options())).rejects.toThrow(
    `storing upload ${uploadId}: 5 of 1000 bytes are there`,
  );
  await office.takeMail();
  await giveUpUpload({ uploadId }, options());
  expect((await office.takeMail()).map(({ kind }) => kind)).toContain("upload-failed");
});

test("what is left over of uploads is removed after a day; what may still come or be stored is kept", async () => {
  await office.db.deleteFrom("upload").execute();
  const folder = join(pages.filesFolder, "uploads");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const { path } = await pages.link();
  await pages.begin(path, 10);
  await pages.part(path, 0, "01234");
  const { id } = await office.db.selectFrom("upload").select("id").executeTakeFirstOrThrow();
  const waiting = await whole(randomBytes(10));
  for (const name of ["999999", "cut.part", "young.part"]) await writeFile(join(folder, name), "x");
  const old = minutesAfter(new Date(), -25 * 60);
  for (const name of ["999999", "cut.part", String(id), String(waiting)]) await utimes(join(folder, name), old, old);

  await runCleanUp({ ...options(), setting: () => office.setting(new Date()) });

  const left = (await pages.files()).filter((name) => name.startsWith("uploads/"));
  expect(left).toEqual([`uploads/${id}`, `uploads/${waiting}`, "uploads/young.part"].sort());
});
