// The one module of public pages; the quick exit is exit.js.
import "./forget.js";
import "./once.js";
import "./errors.js";
