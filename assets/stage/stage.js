// The stage as a Streamlit component: mounts a player, hands it each message, and tells Python what the hand did.

import { Player } from "./player.js";
import { numberText } from "./words.js";

const players = new WeakMap(); // the export runs again on new data and on a new theme: one player per element

// Streamlit pushes a history entry when Python changes the URL, unless the URL already says so.
function writeQuery(query, value) {
  if (!query?.key) return;
  const address = new URL(location.href);
  address.searchParams.set(query.key, numberText(value, !query.float));
  history.replaceState(history.state, "", address);
}

export default function mount({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".stage");
  let player = players.get(element);
  if (!player) players.set(element, (player = new Player(element)));
  player.send = (payload) => {
    if (payload.kind === "sweep") writeQuery(player.options.query, payload.value);
    setStateValue("hand", payload);
  };
  player.show(data ?? {});
  return () => { // a superseded call is cleaned up while its element lives on
    if ((parentElement.host ?? parentElement).isConnected) return;
    player.stop();
    players.delete(element);
  };
}
