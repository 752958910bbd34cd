// Everything a staff page adds to plain HTML; each behaviour does nothing where its attribute is absent.
import "./behaviors/requests.js";
import "./behaviors/menu.js";
import "./behaviors/dialog.js";
