namespace Market.Node.Config.Hocon;

/// <summary>What a configuration may cost. Beyond these it is refused, so that no text can exhaust the stack, the memory or the start.</summary>
internal static class Bounds
{
    /// <summary>Bytes of one file. A configuration of 1,000 keys with a paragraph of reasons each takes a quarter of it.</summary>
    public const int FileBytes = 1024 * 1024;

    /// <summary>Objects, lists and dotted keys within each other. Ours use six; each level costs stack, in reading and in flattening.</summary>
    public const int Nesting = 64;

    /// <summary>Files open within each other.</summary>
    public const int IncludeDepth = 16;

    /// <summary>Include statements followed in one document; without it, sixteen files of two includes each read 2¹⁶.</summary>
    public const int Includes = 256;

    /// <summary>Substitutions and += that wait for each other. Each costs some 2 KiB of stack: 256 KiB of the 1.5 MiB a thread has.</summary>
    public const int SubstitutionDepth = 128;

    /// <summary>
    /// Characters, elements and fields that substitutions and flattening may produce: four times the largest file. Without it,
    /// twenty lines that each name the line before twice produce a million values. Meeting it takes a tenth of a second.
    /// </summary>
    public const int Work = 4 * FileBytes;
}
