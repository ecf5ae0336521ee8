import { describe, expect, it } from "vitest";
import { type Application, isSamePlan, stackNameOf } from "../../../../core/domain/hosting/application.ts";
import { refusalOfPlan } from "../../../../core/domain/hosting/plan-rules.ts";
import { renderApplication } from "../../../../core/domain/hosting/render-stack.ts";
import { parseStackInput } from "../../../../infra/stack-input.ts";
import { hashesOf, testHosting, testImage } from "../../../support/hosting.ts";

const application: Application = {
  ...{ id: 1, stack: "app-simpeg", ticketId: 42, officeId: 2, title: "SIMPEG", domainName: "simpeg.labura.go.id" },
  ...{ target: "dc", runtime: "image", size: "small", reach: "intranet", port: 9000 },
  ...{ prefixId: 7, subnet: "10.40.0.0/29", gateway: "10.40.0.1", address: "10.40.0.2", nextAddress: "10.40.0.3" },
  ...{ attachmentId: 9, imageId: testImage, state: "planned", begunPlanId: null },
};
const render = (given: Partial<Application> = {}, rules = testHosting) =>
  renderApplication({ ...application, ...given }, rules);

describe("the file of an application's stack", () => {
  it("is what the program reads", () => {
    const read = parseStackInput(render() ?? "", "app-simpeg");

    expect(read).toMatchObject({
      ...{ kind: "application", host: { endpoint: "unix:///var/run/docker.sock" } },
      network: { subnet: "10.40.0.0/29", gateway: "10.40.0.1" },
      web: [
        {
          ...{ slot: "a", address: "10.40.0.2", port: 9000, image: testImage, memoryMb: 64, cpus: 0.5 },
          ...{ isReadOnly: true, user: "10001:10001" },
        },
      ],
    });
    expect(render()).toContain("http://127.0.0.1:9000/");
  });

  it("is the same for the same application, to the last byte", () => {
    expect(render({ ...application })).toBe(render());
  });

  it.each([
    ["target", { target: "lain" }],
    ["runtime", { runtime: "lain" }],
    ["size", { size: "lain" }],
    ["image", { imageId: null }],
  ])("is none without a known %s", (_, given) => {
    expect(render(given)).toBeUndefined();
  });

  it("names the certificates of a host that is reached over TCP", () => {
    const [target] = testHosting.targets;
    const remote = { ...target, endpoint: "tcp://10.1.0.5:2376", certificates: "/etc/simpul/docker" };
    const text = renderApplication(application, { ...testHosting, targets: [remote] }) ?? "";
    expect(parseStackInput(text, "app-simpeg").host).toEqual({
      ...{ endpoint: "tcp://10.1.0.5:2376", certificates: "/etc/simpul/docker" },
    });
  });
});

describe("the name of a stack", () => {
  it.each([
    ["simpeg.labura.go.id", "app-simpeg"],
    ["api.simpeg.labura.go.id", "app-api-simpeg"],
    ["a--b.labura.go.id", undefined],
    [`${"a".repeat(37)}.labura.go.id`, undefined],
  ])("%s: %s", (name, expected) => {
    expect(stackNameOf(name, "labura.go.id")).toBe(expected);
  });
});

describe("a plan", () => {
  const now = new Date("2026-11-28T03:00:00Z");
  const plan = { input: render() ?? "", expiresAt: new Date("2026-11-28T04:00:00Z") };
  const small = testHosting.sizes.map((size) => ({ ...size, memoryMb: 128 }));

  it.each([
    ["holds", {}, { now, hosting: testHosting }, undefined],
    ["has expired", {}, { now: plan.expiresAt, hosting: testHosting }, "plan-expired"],
    ["is of another image", { imageId: `sha256:${"c".repeat(64)}` }, { now, hosting: testHosting }, "plan-changed"],
    ["is of another port", { port: 1 }, { now, hosting: testHosting }, "plan-changed"],
    ["is of a size that has changed", {}, { now, hosting: { ...testHosting, sizes: small } }, "plan-changed"],
    ["is of a profile without hosting", {}, { now, hosting: undefined }, "plan-changed"],
  ])("%s", (_, given, context, expected) => {
    const may = refusalOfPlan(plan, { ...application, ...given }, context);
    expect(may.ok ? undefined : may.refusal.code).toBe(expected);
  });

  it.each(["preview", "program", "inputs", "state"] as const)("is another one where the hash of %s differs", (hash) => {
    const hashes = hashesOf("a");
    expect(isSamePlan(hashes, { ...hashes })).toBe(true);
    expect(isSamePlan(hashes, { ...hashes, [hash]: "other" })).toBe(false);
  });
});
