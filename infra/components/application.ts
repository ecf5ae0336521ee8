import * as docker from "@pulumi/docker";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { bridgeOf } from "../../core/domain/hosting/stack-names.ts";
import type { ApplicationInput } from "../stack-input.ts";
import { createContainer } from "./container.ts";
import { openHost } from "./host.ts";
import { labelsOf } from "./labels.ts";

/** One application: its volumes, a network of its own, its database, one or two containers that answer, and perhaps a way in for a vendor. */
export function buildApplication({
  name: stack,
  host,
  network: wanted,
  web,
  database,
  access,
  volumes: wantedVolumes,
}: ApplicationInput) {
  const onHost = openHost(host);
  const volumes = new Map(wantedVolumes.map((name) => [name, createVolume(stack, name, onHost)]));
  if (wanted === undefined) return;
  const network = createNetwork(stack, wanted, onHost);
  const data = database && createContainer(stack, "database", database, network, volumes, onHost);
  for (const slot of web) {
    const afterData = { ...onHost, ...(data ? { dependsOn: [data] } : {}) };
    createContainer(stack, `web-${slot.slot}`, slot, network, volumes, afterData);
  }
  if (access !== undefined) createContainer(stack, "access", access, network, volumes, onHost);
}

function createNetwork(
  stack: string,
  { subnet, gateway }: NonNullable<ApplicationInput["network"]>,
  options: CustomResourceOptions,
): docker.Network {
  return new docker.Network(
    "network",
    {
      name: stack,
      labels: labelsOf("network", "network"),
      driver: "bridge",
      attachable: false,
      internal: false,
      ipv6: false,
      ipamDriver: "default",
      ipamConfigs: [{ subnet, gateway }],
      // The rules of the host's firewall know an application by the name of its bridge.
      options: { "com.docker.network.bridge.name": bridgeOf(stack) },
    },
    // A network cannot be beside another one of the same subnet.
    { ...options, deleteBeforeReplace: true },
  );
}

/** Not even a `destroy` by hand removes it: that takes `pulumi state unprotect`, or our own purge. */
function createVolume(stack: string, name: string, options: CustomResourceOptions): docker.Volume {
  const resource = `volume-${name}`;
  return new docker.Volume(
    resource,
    { name: `${stack}-${name}`, labels: labelsOf("volume", resource), driver: "local" },
    { ...options, protect: true },
  );
}
