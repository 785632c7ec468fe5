"use strict";
document.getElementById("quote")?.scrollIntoView({ block: "center" });
