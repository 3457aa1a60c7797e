"""Take Chinese government plans apart into tasks and trace each one to its upper clause and deadline.

Everything public is here, named once in `__init__.pyi`; modules below are private. Names load when first used, so that the
import itself is cheap.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
