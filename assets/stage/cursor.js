// The cursor: tells the stage of its name which value the page holds. It may come before the stage, so it leaves word.

import { registry } from "./registry.js";

export default function mount({ data, parentElement }) {
  if (!data?.name) return undefined;
  const { players, cursors } = registry(), { name } = data;
  cursors.set(name, data);
  players.get(name)?.follow(data);
  return () => {
    if (!(parentElement.host ?? parentElement).isConnected && cursors.get(name) === data) cursors.delete(name);
  };
}
