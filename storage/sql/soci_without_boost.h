#ifndef SOUTENANCE_STORAGE_SQL_SOCI_WITHOUT_BOOST_H_
#define SOUTENANCE_STORAGE_SQL_SOCI_WITHOUT_BOOST_H_

// SOCI without its optional conversions from and to Boost types: Debian's configuration asks for Boost's
// headers (138 MB) for them, and nothing here uses them. They are templates, so the library is the same.
// Included first in every source that uses SOCI.
#include <soci/soci-config.h>
#undef SOCI_HAVE_BOOST
#undef SOCI_HAVE_BOOST_DATE_TIME
#include <soci/soci.h>

#endif  // SOUTENANCE_STORAGE_SQL_SOCI_WITHOUT_BOOST_H_
