SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help up envs envs-dev index train test travel faults-dingtalk faults-wecom demo-dingtalk demo-wecom check eval fit rights demo bench lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: envs train index ## Build what is missing and start everything (PORT=8000)
	@scripts/up.sh

envs: ## Build .venv and .venv-rasa from the pinned requirements
	@scripts/build_environments.sh service rasa

envs-dev:
	@scripts/build_environments.sh service rasa dev

train: envs ## Train the dialogue model if its inputs changed
	@.venv-rasa/bin/python scripts/train_dialogue.py

index: envs ## Embed the rule documents if they changed
	@. scripts/environment.sh && .venv/bin/python -m bot ingest --vectors-only

test: envs-dev train index ## Run every test, end to end included (ARGS: pytest's arguments)
	@.venv/bin/python -m pytest $(ARGS)

travel: envs-dev ## Two years of reminders, a process killed in its work (ARGS: --items 2000 --days 90)
	@.venv/bin/python -m tests.travel $(ARGS)

faults-dingtalk: envs-dev ## 2,000 messages and 300 approvals while everything fails (ARGS: --messages 500 --kills 5)
	@.venv/bin/python -m tests.faults $(ARGS)

faults-wecom: envs-dev ## The same on WeCom
	@.venv/bin/python -m tests.faults --platform wecom $(ARGS)

demo-dingtalk: envs train index ## The service behind a stand-in for DingTalk, with a page to talk on
	@. scripts/environment.sh && .venv/bin/python -m tests.fakes.dingtalk.demo $(ARGS)

demo-wecom: envs train index ## The same on WeCom
	@. scripts/environment.sh && .venv/bin/python -m tests.fakes.wecom.demo $(ARGS)

check: envs-dev ## Lint, types, layers, procedures, Dockerfile, dialogue data
	@scripts/check.sh

eval: envs-dev train index ## Measure answers and dialogues (ARGS: --publish, --only answers...)
	@. scripts/environment.sh && .venv/bin/python -m bot eval $(ARGS)

fit: envs index ## Fit which clause answers and when, from the questions in the repository
	@. scripts/environment.sh && .venv/bin/python -m scripts.fit_ranking

rights: envs ## Write docs/supervision-rights.md anew from the rights table in the code
	@.venv/bin/python -m scripts.rights_page

demo: envs index ## Play an invented month of work on empty ledgers (ARGS: --org changle)
	@. scripts/environment.sh && .venv/bin/python -m bot demo $(ARGS)

bench: envs train index ## Measure speed and memory beside a bare Rasa bot
	@.venv/bin/python -m benchmarks

lock: ## Pin requirements/*.in anew into requirements/*.txt (UPGRADE=1: newest versions)
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## Remove environments, models, caches; var/ and its database stay
	rm -rf .venv .venv-rasa .rasa models .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
