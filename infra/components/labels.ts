import { getProject, getStack } from "@pulumi/pulumi";
import { stackLabel, urnLabel } from "../../core/domain/hosting/stack-names.ts";

const types = {
  container: "docker:index/container:Container",
  network: "docker:index/network:Network",
  volume: "docker:index/volume:Volume",
};

/** @param name of the resource in the stack */
export function labelsOf(type: keyof typeof types, name: string): { label: string; value: string }[] {
  return [
    { label: stackLabel, value: getStack() },
    { label: urnLabel, value: `urn:pulumi:${getStack()}::${getProject()}::${types[type]}::${name}` },
  ];
}
