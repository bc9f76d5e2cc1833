# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import sys

import odoo.cli
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


class BtpVerify(odoo.cli.Command):
    """Verify the hash chain of the reminder journal: odoo btp_verify -d DATABASE

    Exits with 1 when a row was altered, removed or moved.
    """

    name = "btp_verify"

    def run(self, args):
        """Verify each company's chain and print one line for each.

        :param args: options of Odoo (database, configuration file)
        """
        config.parser.prog = self.prog
        config.parse_config(args, setup_logging=True)
        if len(config["db_name"]) != 1:
            sys.exit("Name one database: odoo btp_verify -d DATABASE")
        intact = True
        with Registry(config["db_name"][0]).cursor() as cr:
            events = api.Environment(cr, SUPERUSER_ID, {})["btp.relance.event"]
            for company in events.env["res.company"].search([]):
                result = events._verify(company)
                intact = intact and not result["broken"]
                message = events._verify_message(result)
                print(f"{company.name}: {message}")  # pylint: disable=print-used
        sys.exit(0 if intact else 1)
