# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Clients of outside services: plain Python over HTTP, nothing of Odoo."""
