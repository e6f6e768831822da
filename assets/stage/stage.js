// The stage as a Streamlit component: mounts a player, hands it each message, and tells Python what the hand did.

import { Player } from "./player.js";
import { numberText } from "./words.js";

// All modules at once: a browser that finds them one import behind the other asks for them in five rounds.
import "./axes.js";
import "./clock.js";
import "./dom.js";
import "./hand.js";
import "./hover.js";
import "./keys.js";
import "./layout.js";
import "./legend.js";
import "./lines.js";
import "./loop.js";
import "./marks.js";
import "./painter.js";
import "./picture.js";
import "./points.js";
import "./reel.js";
import "./registry.js";
import "./save.js";
import "./shapes.js";
import "./sheet.js";
import "./stroke.js";
import "./telling.js";
import "./theme.js";
import "./transport.js";

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
  const mounted = !player;
  if (mounted) players.set(element, (player = new Player(element)));
  player.send = (payload) => {
    if (payload.kind === "sweep") writeQuery(player.options.query, payload.value);
    setStateValue("hand", payload);
  };
  player.show(data ?? {});
  if (mounted && data?.announce) setStateValue("stands", true); // Python holds the stills back until the stage stands
  return () => { // a superseded call is cleaned up while its element lives on
    if ((parentElement.host ?? parentElement).isConnected) return;
    player.stop();
    players.delete(element);
  };
}
