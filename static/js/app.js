// Everything a staff page adds to plain HTML; each behaviour does nothing where its attribute is absent.
import "./behaviors/requests.js";
import "./behaviors/menu.js";
import "./behaviors/dialog.js";
import "./behaviors/look.js";
import "./behaviors/shortcuts.js";
import "./behaviors/rows.js";
import "./behaviors/autosize.js";
import "./behaviors/send.js";
import "./behaviors/autosave.js";
import "./behaviors/guard.js";
import "./behaviors/filter.js";
import "./behaviors/files.js";
import "./behaviors/live.js";
import "./behaviors/palette.js";
import "./behaviors/presence.js";
import "./behaviors/current.js";
import "./behaviors/compose.js";
