// The little that a page for families adds to plain HTML.
import "./behaviors/topics.js";
import "./behaviors/files.js";
import "./behaviors/once.js";
