namespace Market.Node.Laboratory.Plot;

/// <summary>The page's light colours, which people with any kind of colour vision tell apart, also on a pale projector.</summary>
internal static class Ink
{
    public const string Ground = "#ffffff";
    public const string Text = "#14161a";
    public const string Muted = "#4b535e";
    public const string Grid = "#e4e3dc";
    public const string Edge = "#8b8d86";

    public const string Price = "#0b5c99";
    public const string Base = "#4b535e";
    public const string HypeAbove = "#e69f00";
    public const string HypeBelow = "#56b4e9";
    public const string Burst = "#cc79a7";
    public const string Volume = "#00714f";
    public const string Scores = "#d55e00";
}
