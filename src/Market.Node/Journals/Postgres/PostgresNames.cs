using System.Text.RegularExpressions;

namespace Market.Node.Journals.Postgres;

/// <summary>Names that go into statements as they are: of the schema and the role.</summary>
internal static partial class PostgresNames
{
    /// <exception cref="ArgumentException">Not a name that needs no quotes.</exception>
    public static void Require(string name)
    {
        if (!Name().IsMatch(name)) { throw new ArgumentException($"\"{name}\" is no name for a schema or a role: 1 to 63 of a-z, 0-9 and '_', not beginning with a digit."); }
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z")]
    private static partial Regex Name();
}
