SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help envs envs-dev lock

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

envs:  ## Build .venv and .venv-rasa from the pinned requirements
	@scripts/build_environments.sh service rasa

envs-dev:
	@scripts/build_environments.sh service rasa dev

lock:  ## Pin requirements/*.in anew into requirements/*.txt (UPGRADE=1: newest versions)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)
