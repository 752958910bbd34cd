// The little that a page for families adds to plain HTML.
import "./behaviors/filter.js";
