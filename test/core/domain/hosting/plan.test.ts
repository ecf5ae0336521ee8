import { expect, test } from "vitest";
import { tidyDrift } from "../../../../core/domain/hosting/drift.ts";
import { isRestOf, partsOfUrn, planOf } from "../../../../core/domain/hosting/preview.ts";
import { bridgeOf } from "../../../../core/domain/hosting/stack-names.ts";

const urnOf = (type: string, name: string) => `urn:pulumi:app-x::simpul::${type}::${name}`;
const container = urnOf("docker:index/container:Container", "web-a");
const step = (operation: string, urn: string, changed: string[] = []) => ({ operation, urn, inputs: null, changed });

test("a plan says what is made, changed, replaced and removed, and nothing of what stays", () => {
  const plan = planOf([
    step("refresh", container),
    step("same", urnOf("pulumi:pulumi:Stack", "simpul-app-x")),
    step("create", urnOf("pulumi:providers:docker", "host")),
    step("create", urnOf("docker:index/volume:Volume", "volume-data")),
    step("update", container, ["memorySwap", "memory"]),
    step("delete", urnOf("docker:index/network:Network", "network"), ["name"]),
  ]);
  expect(plan).toEqual([
    { kind: "volume", name: "volume-data", change: "create", properties: [] },
    { kind: "container", name: "web-a", change: "update", properties: ["memory", "memorySwap"] },
    { kind: "network", name: "network", change: "delete", properties: [] },
  ]);
});

test("the three steps of a replacement are one change", () => {
  const plan = planOf([
    step("delete-replaced", container, ["image"]),
    step("replace", container, ["image", "command"]),
    step("create-replacement", container, ["image"]),
  ]);
  expect(plan).toEqual([{ kind: "container", name: "web-a", change: "replace", properties: ["command", "image"] }]);
});

test.each(["delete-replaced", "replace", "create-replacement"])("%s alone is a replacement, too", (operation) => {
  expect(planOf([step(operation, container)])).toMatchObject([{ change: "replace" }]);
});

test.each([
  ["create", ["create", "update", "replace", "create-replacement", "delete-replaced"]],
  ["update", ["update"]],
  ["replace", ["create", "update", "replace", "create-replacement", "delete-replaced"]],
  ["delete", ["delete"]],
  ["same", []],
])("the rest of what was to %s a container may be to do that, or less", (approved, rests) => {
  const network = urnOf("docker:index/network:Network", "network");
  const whole = [step("same", network), step(approved, container)];
  const all = ["create", "update", "replace", "create-replacement", "delete-replaced", "delete"];
  expect(all.filter((operation) => isRestOf(whole, [step(operation, container)]))).toEqual(rests);
  expect(isRestOf(whole, [])).toBe(true);
  expect(isRestOf(whole, [step("same", container), step("refresh", network)])).toBe(true);
  // What was to stay, or was not there, is no rest.
  for (const operation of all) expect(isRestOf(whole, [step(operation, network)])).toBe(false);
  expect(isRestOf(whole, [step("delete", urnOf("docker:index/volume:Volume", "volume-data"))])).toBe(false);
});

test("a name may hold what parts the others", () => {
  expect(partsOfUrn(urnOf("docker:index/volume:Volume", "a::b"))).toEqual({ kind: "volume", name: "a::b" });
});

test("drift is told once for each property, sorted, and never with a value that may be a secret", () => {
  const of = (property: string, from: string) => ({ kind: "container" as const, name: "web-a", property, from });
  expect(tidyDrift([of("memory", "64"), of("envs", "A=geheim"), of("memory", "65")])).toEqual([
    { kind: "container", name: "web-a", property: "envs" },
    { kind: "container", name: "web-a", property: "memory", from: "64" },
  ]);
});

test("the bridge of a stack has a name that Linux takes and the firewall's rules mean", () => {
  expect(bridgeOf("app-bappeda")).toMatch(/^sp-[0-9a-f]{12}$/);
  expect(bridgeOf("app-bappeda")).not.toBe(bridgeOf("app-bappeda-2"));
});
