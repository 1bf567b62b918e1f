import { isLoopback } from "../config/graph-url.ts";
import { Stop } from "../diag/errors.ts";
import { ownValue } from "../model/own-value.ts";
import type { SecretName, Workspace } from "../model/workspace.ts";
import type { Surroundings, Target } from "./surroundings.ts";

/** Where an apply sends: Meta, or whatever Graph URL the workspace or the environment names. */
export function targetOf(workspace: Workspace, { env }: Surroundings): Target {
  const url = graphUrlOf(workspace, env);
  const { accessToken, appSecret } = workspace.page;
  return {
    kind: isMeta(url) ? "meta" : "sandbox",
    url,
    token: secretOf(accessToken, env),
    appSecret: appSecret && secretOf(appSecret, env),
  };
}

/** POSTHORN_GRAPH_URL alone may name a host that is neither Meta's nor this machine. */
export function graphUrlOf({ graph }: Workspace, env: Surroundings["env"]): string {
  const override = env["POSTHORN_GRAPH_URL"];
  if (override === undefined || override === "") return graph.url;
  const protocol = URL.canParse(override) ? new URL(override).protocol : "";
  const isSafe = protocol === "https:" || isLoopback(override);
  if (!isSafe) {
    throw new Stop(
      "usage",
      "POSTHORN_GRAPH_URL must be an https URL, or http on this machine. Nothing was sent.",
    );
  }
  return override.replace(/\/+$/, "");
}

/** A sandbox that is there already: POSTHORN_GRAPH_URL where it names this machine. */
export function runningSandbox({ env }: Surroundings): string | undefined {
  const url = env["POSTHORN_GRAPH_URL"] ?? "";
  return isLoopback(url) ? url.replace(/\/+$/, "") : undefined;
}

export function isMeta(url: string): boolean {
  return /(^|\.)facebook\.com$/.test(new URL(url).hostname);
}

/** Throws Stop `denied` when the variable is not set. */
export function secretOf({ env: name }: SecretName, env: Surroundings["env"]): string {
  const value = ownValue(env, name);
  if (value !== undefined && value !== "") return value;
  throw new Stop("denied", `The environment variable ${name} is not set. Nothing was sent.`);
}
