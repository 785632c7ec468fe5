"""`rasa` with its start cut in half: run_rasa.py run --model ... . Run by Rasa's own interpreter.

Loading the classifier imports skops, which looks for the home of 765 names in every module loaded
so far: 6 s once TensorFlow is among them, 0.3 s before (docs/decisions/0083).
"""

from __future__ import annotations

import os
import sys

import skops.io  # noqa: F401 - before Rasa, which brings TensorFlow

if __name__ == "__main__":
    sys.path[0] = os.getcwd()  # where Rasa looks for our components
    from rasa.__main__ import main

    main()
