using Market.Node.Config.Hocon;

namespace Market.Node.Tests.Config.Hocon;

/// <summary>Reads a text and shows the outcome on one line, so that a test can be a row of a table.</summary>
internal static class Reading
{
    public const string FileName = "cluster.hocon";

    /// <summary><c>market:tick=1s, brokers:0=a</c>; a null value is shown as <c>key</c> alone.</summary>
    public static string Flat(string text, params (string Name, string Value)[] environment) =>
        Flat(Document(text, environment));

    public static string Flat(HoconDocument document) => Flat(document.Entries);

    public static string Flat(IEnumerable<HoconEntry> entries) =>
        string.Join(", ", entries.Select(entry => entry.Value is null ? entry.KeyPath : $"{entry.KeyPath}={entry.Value}"));

    public static HoconDocument Document(string text, params (string Name, string Value)[] environment) =>
        HoconDocument.Parse(text, FileName, name => environment.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault());

    /// <summary>True; anything but a <see cref="HoconException"/> goes through to the test.</summary>
    public static bool IsReadOrRefused(string text)
    {
        try
        {
            Document(text);
        }
        catch (HoconException)
        {
            return true;
        }
        return true;
    }

    public static HoconException Failure(string text) => Should.Throw<HoconException>(() => Document(text));
}
