import { runtime } from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { sha256 } from "../../core/domain/hosting/canonical.ts";
import { refuseUnapproved } from "../../infra/approved-input.ts";
import { approveInput } from "../../infra/stacks/context.ts";
import { type Folder, temporaryFolder } from "../e2e/support/folders.ts";

const mocks = { newResource: () => ({ id: "1", state: {} }), call: () => ({}) };
const run = (input: string) => () => refuseUnapproved(home.path, "app-x", input);
let home: Folder;

beforeEach(async () => {
  home = await temporaryFolder();
  return () => home[Symbol.asyncDispose]();
});

test("what was approved is built, and nothing else", async () => {
  await runtime.setMocks(mocks, "simpul", "app-x", false);
  expect(run("approved")).toThrow("building stack app-x: its file is not what was approved");
  await approveInput(home.path, "app-x", sha256("approved"));
  expect(run("approved")).not.toThrow();
  expect(run("changed")).toThrow('see it by "npm run pulumi -- preview --stack app-x"');
});

test("anything is previewed", async () => {
  await runtime.setMocks(mocks, "simpul", "app-x", true);
  expect(run("a plan's")).not.toThrow();
});
