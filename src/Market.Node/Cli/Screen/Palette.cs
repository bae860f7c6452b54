namespace Market.Node.Cli.Screen;

/// <summary>
/// Colours of Okabe and Ito, which people with any kind of colour vision tell apart. They only repeat what a word, a sign or an arrow says.
/// </summary>
public static class Palette
{
    /// <summary>Blue for up; with orange the pair that survives every kind of colour blindness.</summary>
    public const string Up = "#56B4E9";

    public const string Down = "#E69F00";

    /// <summary>Bluish green.</summary>
    public const string Good = "#009E73";

    /// <summary>Vermilion.</summary>
    public const string Bad = "#D55E00";

    /// <summary>Reddish purple, for talk.</summary>
    public const string Talk = "#CC79A7";
}
