using System.Security.Cryptography;

namespace Market.Node.Doors.Tokens;

/// <summary>
/// Secrets made at the first start and kept in the data folder, readable by their owner only. Never logged; only their paths are.
/// </summary>
public static class KeptSecrets
{
    private const int Bytes = 32;

    /// <summary>The key that signs traders' tokens.</summary>
    public static byte[] TokenKey(string dataFolder) => Convert.FromHexString(ReadOrMake(Path.Combine(dataFolder, "token-key")));

    public static string AdminTokenPath(string dataFolder) => Path.Combine(dataFolder, "admin-token");

    /// <summary>The organiser's token, when the environment gives none.</summary>
    public static string AdminToken(string dataFolder) => ReadOrMake(AdminTokenPath(dataFolder));

    private static string ReadOrMake(string path)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: Bytes * 2 } kept) { return kept; }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; }
        using var file = new StreamWriter(path, options);
        file.WriteLine(made);
        return made;
    }
}
