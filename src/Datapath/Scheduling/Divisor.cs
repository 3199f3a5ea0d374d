namespace Director.Datapath.Scheduling;

/// <summary>Divisors of weights.</summary>
internal static class Divisor
{
    /// <summary>The greatest common divisor; of a number and 0, that number.</summary>
    public static int Greatest(int left, int right)
    {
        while (right != 0) (left, right) = (right, left % right);
        return left;
    }
}
